"""Whatever a file does to the program that reads it, there is an answer, and the next file is read."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path
from threading import Thread

import pytest

from files import confined
from files.caps import OUT_OF_MEMORY, Caps
from files.confined import CannotExamine, Examiner, examine_confined
from files.examining import examine
from files.findings import FAULTS, Findings
from files.kinds import KINDS
from files.refusals import Crashed, Protected, Refused, TooMuch, WrongContent
from tests.files import made

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux holds a process to a limit of memory")
LONG = b"{\\rtf1 " + b"many words " * 1_400_000 + b"}"


@pytest.fixture(scope="module")
def examiner():
    """An examiner that is shared by tests, as one is by many files."""
    with Examiner() as examiner:
        yield examiner


@pytest.fixture
def stored(tmp_path):
    """Return a function that puts bytes into a file without a telling name."""

    def put(content, name="stored"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put


GOOD = Findings(media_type="text/plain").as_json()


def hungry() -> bytes:
    """A PDF of a megabyte whose page unpacks to 300."""
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    return made.pdf("x", content=made.stream(data, b"/Filter/FlateDecode"))


class TestExamining:
    @pytest.mark.parametrize("extension", KINDS)
    def test_finds_what_is_found_without_confinement(self, examiner, stored, extension):
        path, name = stored(made.valid()[extension]), f"a.{extension}"
        assert examiner.examine(path, name=name) == examine(path, name=name)

    def test_finds_the_same_with_a_program_of_its_own(self, examiner, stored):
        path = stored(made.valid()["pdf"])
        assert examine_confined(str(path), name="a.pdf") == examiner.examine(path, name="a.pdf")

    def test_takes_any_path_and_name(self, examiner, stored, monkeypatch):
        path = stored(made.valid()["txt"], name="ä \n\"'\\ \udc80\u202e.bin")
        monkeypatch.chdir(path.parent)
        assert examiner.examine(Path(path.name), name='a "\n\u202e\udc80".txt').passages

    def test_refuses_with_the_sentence_and_its_class(self, examiner, stored):
        with pytest.raises(Protected, match="password"):
            examiner.examine(stored(made.old_office("EncryptedPackage")), name="a.docx")
        with pytest.raises(WrongContent, match="a web page"):
            examiner.examine(stored(b"<html>"), name="a.pdf")

    def test_keeps_the_words_when_the_picture_takes_too_long(self, stored):
        # Read in a moment, and drawn for many seconds.
        fills = zlib.compress(b"0 0 600 800 re f " * 200_000 + b"BT /F 12 Tf (Words) Tj ET")
        path = stored(made.pdf("x", content=made.stream(fills, b"/Filter/FlateDecode"), size=(600, 800)))
        with Examiner(caps=Caps(preview_seconds=1)) as examiner:
            findings = examiner.examine(path, name="a.pdf")
        assert (findings.passages[0].text, findings.preview) == ("Words", b"")

    def test_of_many_files_by_threads_that_share_it_never_mixes_them_up(self, examiner, stored):
        paths = [stored(f"Number {number}".encode(), name=str(number)) for number in range(24)]
        found = {}

        def work(numbers):
            for number in numbers:
                found[number] = examiner.examine(paths[number], name="a.txt").passages[0].text

        threads = [Thread(target=work, args=(range(start, 24, 3),)) for start in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == {number: f"Number {number}" for number in range(24)}


class TestTheCaps:
    @LINUX_ONLY
    def test_end_a_file_that_takes_too_much_memory_and_the_next_is_read(self, examiner, stored):
        with pytest.raises((Crashed, TooMuch), match="memory"):
            examiner.examine(stored(hungry()), name="a.pdf")
        strings = "".join(f"<si><t>{number * 7919 % 100_003}</t></si>" for number in range(150_000))
        with (
            Examiner(caps=Caps(memory_bytes=90 * 1024 * 1024)) as small,
            pytest.raises(TooMuch, match="memory or time"),
        ):
            small.examine(stored(made.shared_strings(strings)), name="a.xlsx")
        assert examiner.examine(stored(b"Next"), name="a.txt").passages[0].text == "Next"

    @pytest.mark.parametrize("caps", [Caps(cpu_seconds=1), Caps(wall_seconds=1)], ids=["processor", "clock"])
    def test_end_a_file_that_takes_too_long_and_the_next_is_read(self, stored, caps):
        begun = time.monotonic()
        with Examiner(caps=caps) as examiner:
            with pytest.raises(TooMuch, match="memory or time"):
                examiner.examine(stored(LONG), name="a.rtf")
            assert examiner.examine(stored(b"Next"), name="a.txt").passages[0].text == "Next"
        assert time.monotonic() - begun < 10

    def test_are_those_that_were_asked_for(self):
        assert Caps() == Caps(memory_bytes=256 * 1024 * 1024, cpu_seconds=60, wall_seconds=90)

    @LINUX_ONLY
    def test_leave_a_child_nothing_to_write_and_no_one_to_call(self, tmp_path):
        program = (
            f"import sys; sys.path.append({str(confined.PROGRAM.parent.parent)!r})\n"
            "from files.caps import OUT_OF_MEMORY, Caps\nfrom files.child import _limit\n_limit(Caps())\n"
            f"try: open({str(tmp_path / 'written')!r}, 'wb').write(b'x' * 100_000)\n"
            "except OSError as error: print(type(error).__name__)\n"
            "print(len(bytearray(100 * 1024 * 1024)))\n"
            "try: bytearray(256 * 1024 * 1024)\n"
            "except MemoryError: print('MemoryError')\n"
            "from resource import *; print(getrlimit(RLIMIT_CORE), getrlimit(RLIMIT_NPROC))"
        )
        said = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True).stdout
        assert said.split("\n")[:-1] == ["OSError", str(100 * 1024 * 1024), "MemoryError", "(0, 0) (0, 0)"]


class TestTheProgram:
    @LINUX_ONLY
    def test_has_nothing_of_the_site_in_its_environment(self, examiner, stored, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "x")
        with Examiner() as fresh:
            fresh.examine(stored(b"x"), name="a.txt")
            process = fresh._program._process
            assert Path(f"/proc/{process.pid}/environ").read_bytes().strip(b"\0") == b""
            assert b"django" not in Path(f"/proc/{process.pid}/maps").read_bytes().lower()

    def test_is_started_again_when_it_died_between_files(self, stored):
        with Examiner() as examiner:
            for _ in range(2):
                assert examiner.examine(stored(b"x"), name="a.txt").passages
                os.kill(examiner._program._process.pid, signal.SIGKILL)
                examiner._program._process.wait()
            assert examiner.examine(stored(b"x"), name="a.txt").passages

    def test_is_started_again_when_it_is_killed_over_a_file(self, stored):
        path, found = stored(LONG[:3_000_000]), []
        with Examiner() as examiner:
            examiner.examine(stored(b"x", name="x"), name="a.txt")
            first = examiner._program._process.pid
            thread = Thread(target=lambda: found.append(examiner.examine(path, name="a.rtf")))
            thread.start()
            time.sleep(0.3)
            os.killpg(first, signal.SIGKILL)
            thread.join()
            assert found[0].passages
            assert examiner._program._process.pid != first

    def test_is_gone_afterwards_with_all_its_children(self, stored):
        with Examiner() as examiner:
            examiner.examine(stored(b"x"), name="a.txt")
            group = examiner._program._process.pid
        with pytest.raises(ProcessLookupError):
            os.killpg(group, 0)
        assert examiner._program is None


class TestAMachineAtFault:
    def test_is_not_blamed_on_the_file(self, stored, tmp_path):
        for path in (tmp_path / "nothing", tmp_path):
            with pytest.raises(CannotExamine, match="no file"):
                examine_confined(path, name="a.txt")

    def test_loses_the_file_before_it_is_read(self, stored, monkeypatch):
        monkeypatch.setattr(os, "access", lambda *args: True)
        monkeypatch.setattr(Path, "is_file", lambda *args: True)
        with pytest.raises(CannotExamine, match="on this machine"):
            examine_confined("gone", name="a.txt")

    @pytest.mark.parametrize("program", ["no-such-python", "false", "true", "cat", "yes"])
    def test_cannot_start_the_program(self, stored, monkeypatch, program):
        monkeypatch.setattr(sys, "executable", program)
        monkeypatch.setattr(confined, "START_SECONDS", 1)
        with pytest.raises(CannotExamine, match="could not be started"):
            examine_confined(stored(b"x"), name="a.txt")

    def test_has_a_program_that_ends_at_every_file(self, stored, monkeypatch, tmp_path):
        (tmp_path / "ends.py").write_text("import sys\nprint('ready', flush=True)\nsys.stdin.readline()\n")
        monkeypatch.setattr(confined, "PROGRAM", tmp_path / "ends.py")
        with pytest.raises(CannotExamine, match="again and again"):
            examine_confined(stored(b"x"), name="a.txt")

    def test_has_a_program_that_never_answers(self, stored, monkeypatch, tmp_path):
        (tmp_path / "hangs.py").write_text("import time\nprint('ready', flush=True)\ntime.sleep(60)\n")
        monkeypatch.setattr(confined, "PROGRAM", tmp_path / "hangs.py")
        monkeypatch.setattr(confined, "GRACE_SECONDS", 0)
        with Examiner(caps=Caps(wall_seconds=1)) as examiner, pytest.raises(CannotExamine, match="in time"):
            examiner.examine(stored(b"x"), name="a.txt")


class TestWhatAChildSays:
    """A stranger's file may speak through it, so that nothing is believed."""

    @pytest.mark.parametrize(
        "said",
        [
            b"nonsense\n",
            b"[]\n",
            b'{"findings": 1}\n',
            b'{"findings": {}}\n',
            b"[" * 100_000 + b"\n",
            b"\xff\xfe\n",
            *(
                json.dumps({"findings": GOOD | wrong}).encode() + b"\n"
                for wrong in (
                    {"pages": "x"},
                    {"passages": [[1, "x", "a\x00"]]},
                    {"passages": [[1, "x"]]},
                    {"passages": 7},
                    {"faults": ["<script>"]},
                    {"preview": "PGh0bWw+"},
                    {"preview": "!"},
                    {"is_tagged": "yes"},
                    {"more": 1},
                    {"title": None},
                )
            ),
        ],
    )  # fmt: skip
    def test_is_not_believed_when_it_makes_no_sense(self, said):
        with pytest.raises(Crashed):
            confined._findings(0, said)

    def test_counts_up_to_where_it_was_ended(self):
        whole = json.dumps({"findings": GOOD}).encode() + b"\n"
        assert confined._findings(-signal.SIGKILL, whole + b'{"preview": "UklG').media_type == "text/plain"
        for ended in (-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGALRM, OUT_OF_MEMORY):
            with pytest.raises(TooMuch):
                confined._findings(ended, whole[:-20])

    def test_has_no_picture_when_that_is_none(self):
        said = json.dumps({"findings": GOOD}) + '\n{"preview": "PGh0bWw+"}\n'
        assert confined._findings(0, said.encode()).preview == b""

    def test_is_the_machines_fault_when_it_says_so(self):
        for ended, said in ((1, b""), (0, b""), (120, b'{"failed": "no process"}\n'), (-9, b'{"failed": "away"}\n')):
            with pytest.raises(CannotExamine):
                confined._findings(ended, said)


class TestAnyFileAtAll:
    """Sound files of each kind with bytes changed, cut out and put in, the same in each run."""

    @pytest.mark.parametrize("extension", KINDS)
    def test_is_examined_or_refused(self, examiner, stored, extension):
        chance = random.Random(extension)
        taken = 0
        for _ in range(20):
            path = stored(self.spoilt(made.valid()[extension], chance) or b"x")
            taken += self.answers(examiner, path, f"a.{extension}")
        assert taken < 20

    @pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx", "odt"])
    def test_is_examined_or_refused_when_its_parts_are_spoilt(self, examiner, stored, extension):
        chance, content = random.Random(extension), made.valid()[extension]
        names = [name for name in made.names(content) if name.endswith((".xml", ".rels"))]
        for _ in range(20):
            name = chance.choice(names)
            part = self.spoilt(made.member(content, name), chance)
            path = stored(made.rezipped(content, {name: part}))
            self.answers(examiner, path, f"a.{extension}")

    def answers(self, examiner, path, name) -> bool:
        """Whether a file is taken; anything but findings and refusals fails."""
        try:
            findings = examiner.examine(path, name=name)
        except Refused as refused:
            said = str(refused)
        else:
            assert set(findings.faults) <= FAULTS.keys()
            return True
        assert said.endswith(".")
        return False

    def spoilt(self, content: bytes, chance: random.Random) -> bytes:
        content = bytearray(content)
        for _ in range(chance.choice([1, 3, 30])):
            place = chance.randrange(len(content) + 1)
            match chance.randrange(3):
                case 0:
                    content[place : place + 1] = [chance.randrange(256)]
                case 1:
                    del content[place : place + chance.randrange(1, 20)]
                case 2:
                    content[place:place] = chance.choice([b"\xff\xff\xff\xff", b"\0" * 8, b"<", b"9999999999", b"{\\"])
        return bytes(content)
