"""The launcher behind `make run`: what it refuses, and how it recovers."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import launch

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHON", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))


class TestPython:
    def test_that_is_old_is_told_so_in_one_line(self, monkeypatch):
        monkeypatch.setattr(sys, "version_info", (3, 8, 18))
        with pytest.raises(launch.Refusal, match=r"^Python 3\.11 or newer is needed, this is 3\.8\."):
            launch.main("run")

    def test_that_is_very_old_can_read_the_launcher(self):
        tree = ast.parse((ROOT / "scripts/launch.py").read_text(), feature_version=(3, 4))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)]
        assert (ROOT / "scripts/launch.py").read_bytes().isascii()

    @pytest.mark.parametrize("module", ["venv", "ensurepip"])
    def test_without_the_means_for_an_environment_is_told_what_to_install(self, monkeypatch, module):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(launch.Refusal, match=rf"'{module}' module is missing.*apt install python3\.\d+-venv"):
            launch.make_environment()


class TestThePort:
    def test_that_is_free_is_used(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            number = probe.getsockname()[1]
        assert launch.free_port(str(number)) == number

    def test_that_is_taken_is_named_with_another_to_try(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            number = other.getsockname()[1]
            with pytest.raises(launch.Refusal, match=f"Port {number} is taken.*PORT={number + 1}"):
                launch.free_port(str(number))

    @pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "80 80", "8000; ls"])
    def test_that_is_none_is_refused(self, text):
        with pytest.raises(launch.Refusal, match="PORT must be a number"):
            launch.free_port(text)


class TestSettings:
    def test_are_written_once_with_a_key_that_only_the_owner_can_read(self):
        launch.write_settings()
        written = Path(".env").read_text()
        assert Path(".env").stat().st_mode & 0o777 == 0o600
        assert "DEVELOPMENT=true" in written
        assert len(written.partition("SECRET_KEY=")[2].strip()) == 80
        launch.write_settings()
        assert Path(".env").read_text() == written

    def test_are_whole_after_a_start_that_was_killed_while_writing(self):
        Path(".env.new").write_text("SECRET")
        launch.write_settings()
        assert "SECRET_KEY=" in Path(".env").read_text()
        assert not Path(".env.new").exists()


class TestTheEnvironment:
    @pytest.fixture
    def steps(self, monkeypatch):
        """Record what would be done, without doing it."""
        Path("requirements.txt").write_text("a==1")
        Path("requirements-dev.txt").write_text("a==1\nb==2")
        done = []
        monkeypatch.setattr(
            launch, "make_environment", lambda: (Path(".venv").mkdir(exist_ok=True), done.append("made"))
        )
        monkeypatch.setattr(launch, "install", lambda requirements: done.append(requirements))
        monkeypatch.setattr(launch, "has_pip", lambda: True)
        monkeypatch.setattr(launch, "version_of_environment", lambda: "3.12" if done else None)
        return done

    def test_is_made_the_first_time_and_left_alone_the_second(self, steps):
        launch.prepare_environment("requirements.txt")
        launch.prepare_environment("requirements.txt")
        assert steps == ["made", "requirements.txt"]

    def test_of_the_tests_serves_the_site_too(self, steps):
        launch.prepare_environment("requirements-dev.txt")
        launch.prepare_environment("requirements.txt")
        assert steps == ["made", "requirements-dev.txt"]

    def test_is_brought_up_to_date_when_the_lock_changes(self, steps):
        launch.prepare_environment("requirements.txt")
        Path("requirements.txt").write_text("a==2")
        launch.prepare_environment("requirements.txt")
        assert steps == ["made", "requirements.txt", "requirements.txt"]

    def test_is_made_again_after_a_start_that_was_killed_while_installing(self, steps):
        launch.prepare_environment("requirements.txt")
        Path(".venv/installed").unlink()
        Path(".venv/unfinished").touch()
        launch.prepare_environment("requirements.txt")
        assert steps == ["made", "requirements.txt"] * 2

    def test_is_made_again_for_another_python_when_one_is_asked_for(self, steps, monkeypatch):
        launch.prepare_environment("requirements.txt")
        monkeypatch.setenv("PYTHON", "python3.99")
        monkeypatch.setattr(sys, "version_info", (3, 99, 0))
        launch.prepare_environment("requirements.txt")
        assert steps[2:] == ["made", "requirements.txt"]


class TestThePackages:
    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("WARNING: Retrying ... NewConnectionError ...\nERROR: No matching distribution", "^No network"),
            ("noise\nERROR: hashes do not match\n", "could not be installed: ERROR: hashes do not match"),
        ],
    )
    def test_that_cannot_be_had_are_explained_in_one_line(self, monkeypatch, said, reason):
        Path(".venv").mkdir()
        monkeypatch.setattr(launch, "run_quietly", lambda command: (1, said))
        with pytest.raises(launch.Refusal, match=reason):
            launch.install("requirements.txt")
        assert Path(".venv/unfinished").exists()
        assert Path(".venv/install.log").read_text().strip() == said.strip()


class TestAsAPersonSeesIt:
    def start(self, folder, **environment):
        """Run start.sh in a copy of the scripts."""
        (folder / "scripts").mkdir()
        for name in ("start.sh", "launch.py"):
            (folder / "scripts" / name).write_bytes((ROOT / "scripts" / name).read_bytes())
        command = ["sh", str(folder / "scripts/start.sh"), "run"]
        return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)

    def test_a_python_that_is_not_there_is_one_line(self, tmp_path):
        ended = self.start(tmp_path, PYTHON="no-such-python")
        assert ended.returncode == 1
        assert ended.stderr.startswith("Python 3.11 or newer is needed, and 'no-such-python' was not found.")
        assert ended.stderr.count("\n") == 1

    def test_a_bad_port_is_one_line_in_a_folder_with_spaces_too(self, tmp_path):
        folder = tmp_path / "a folder with spaces"
        folder.mkdir()
        ended = self.start(folder, PORT="x", PYTHON=sys.executable)
        assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
        assert "PORT must be a number" in ended.stderr
