"""Static files for tests: with hashed names and compressed, as in production, collected only when one has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

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


def _fingerprint() -> str:
    """Return what changes whenever a static file does; it is the folder's name, so that no folder is ever stale."""
    tops = [ROOT / "static", *(top for top in ROOT.glob("*/static") if top.parent.name != "var")]
    files = sorted(path for top in tops for path in top.rglob("*.*"))
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    content = repr((stamps, version("wagtail"), version("whitenoise")))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
