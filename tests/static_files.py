"""Static files for tests: with hashed names and compressed, as in production, collected only when one has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from importlib.metadata import version
from pathlib import Path
from unittest import mock

from whitenoise.base import WhiteNoise

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".pytest_cache" / "d" / "static"
A_DAY = 24 * 60 * 60


def collected() -> Path:
    """Return a folder with the static files as they are now; safe when several runs ask at once."""
    folder = CACHE / _fingerprint()
    if (folder / "staticfiles.json").exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    for outdated in folder.parent.iterdir():
        if time.time() - outdated.stat().st_mtime > A_DAY:  # Another run may be using a recent one.
            shutil.rmtree(outdated, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent))
    # In a process of its own: in this one the settings are only just being read.
    environment = {**os.environ, "TEST_STATIC_ROOT": str(fresh), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    try:
        fresh.rename(folder)
    except OSError:  # Another run was quicker.
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def looked_through_once() -> AbstractContextManager:
    """Have WhiteNoise look through the collected files once, not for each client of each test.

    That is a tenth of the time of tests that ask for a page. The folder never changes, because its name would.
    """
    look, found = WhiteNoise.update_files_dictionary, {}

    def remembered(self, root, prefix):
        if Path(root) != Path(os.environ["TEST_STATIC_ROOT"]):
            return look(self, root, prefix)
        key = (prefix, self.max_age, self.allow_all_origins, self.charset, self.index_file)
        if key not in found:
            before = dict(self.files)
            look(self, root, prefix)
            found[key] = {url: file for url, file in self.files.items() if before.get(url) is not file}
        return self.files.update(found[key])

    return mock.patch.object(WhiteNoise, "update_files_dictionary", remembered)


def _fingerprint() -> str:
    """Return what changes whenever a static file does; it is the folder's name, so that no folder is ever stale."""
    tops = [ROOT / "static", *(top for top in ROOT.glob("*/static") if top.parent.name != "var")]
    files = sorted(path for top in tops for path in top.rglob("*.*"))
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    content = repr((stamps, version("wagtail"), version("whitenoise")))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
