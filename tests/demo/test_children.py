"""Processes beside the site end with it, however it ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from demo.children import Child, stop

ROOT = Path(__file__).resolve().parents[2]

# Says that it is there, and ends as the scheduler does.
GOOD = """
import signal, sys, time
from demo.children import end_with_parent
end_with_parent()
signal.signal(signal.SIGTERM, lambda *args: (open(sys.argv[1], "a").write("ended\\n"), sys.exit(0)))
open(sys.argv[1], "a").write("begun\\n")
print("here", flush=True)
time.sleep(60)
"""
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "a").write("begun\\n")
time.sleep(60)
"""
# A parent that is killed.
PARENT = f"""
import sys, time
from demo.children import Child
child = Child("good", [sys.executable, "-c", {GOOD!r}, sys.argv[1]])
child.start()
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _from_the_top(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.fixture
def diary(tmp_path):
    return tmp_path / "diary"


def wait_for(diary, *lines):
    for _ in range(400):
        if diary.exists() and diary.read_text().splitlines() == list(lines):
            return
        time.sleep(0.05)
    raise AssertionError(f"{diary.read_text() if diary.exists() else 'nothing'} after twenty seconds")


def child(code, diary, **options) -> Child:
    return Child("good", [sys.executable, "-c", code, str(diary)], **options)


class TestAChild:
    def test_ends_cleanly_when_it_is_asked_to(self, diary, capfd):
        one = child(GOOD, diary)
        one.start()
        wait_for(diary, "begun")
        stop([one])
        wait_for(diary, "begun", "ended")
        assert not one.is_alive()
        assert capfd.readouterr().err == "good: here\n"

    def test_that_ends_by_itself_is_started_again(self, diary, caplog):
        one = child("import sys; open(sys.argv[1], 'a').write('begun\\n'); sys.exit(3)", diary, pause=0.01)
        one.start()
        wait_for(diary, "begun", "begun", "begun")
        stop([one])
        assert "good ended with 3. It is started again" in caplog.text

    def test_that_does_not_end_is_killed(self, diary, caplog):
        one = child(STUBBORN, diary)
        one.start()
        wait_for(diary, "begun")
        one.ask_to_end()
        one.wait_for_the_end(0.2)
        assert not one.is_alive()
        assert "is killed" in caplog.text

    def test_is_given_what_it_is_told_beside_the_environment(self, diary):
        code = "import os, sys; open(sys.argv[1], 'a').write(os.environ['PORT'] + str('PATH' in os.environ) + '\\n')"
        one = child(code, diary, pause=60, PORT="8001")
        one.start()
        wait_for(diary, "8001True")
        stop([one])

    def test_that_was_never_started_can_be_stopped_and_stays_away(self, diary):
        one = child(GOOD, diary)
        one.ask_to_end()
        one.run()
        assert not diary.exists()

    def test_is_not_reached_by_ctrl_c_in_the_terminal(self, diary):
        one = child(GOOD, diary)
        one.start()
        wait_for(diary, "begun")
        assert os.getpgid(one._process.pid) != os.getpgid(0)
        stop([one])


class TestAParentThatIsKilled:
    def test_leaves_no_child_behind(self, diary):
        parent = subprocess.Popen([sys.executable, "-c", PARENT, str(diary)], cwd=ROOT)
        try:
            wait_for(diary, "begun")
        finally:
            parent.send_signal(signal.SIGKILL)
            parent.wait(20)
        wait_for(diary, "begun", "ended")


class TestAlongside:
    def test_passes_options_on(self):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        command = [sys.executable, "-m", "django", "alongside", "scheduler", "--list"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            # Its standard input stays open while it works.
            said = process.stdout.read()
            assert process.wait(60) == 0
        assert "clock.tick: The clock itself" in said
