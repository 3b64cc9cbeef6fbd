"""How fast a folder of small files gets into the library, and how much memory that takes.

In processes of their own: one makes the site, one imports, so that the memory is the import's alone.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = 1_000
WORDS = "Talk to the child alone, and write down their own words. " * 20


class Measured(NamedTuple):
    """What an import cost: by the clock on the wall, and in seconds of processor time for each file.

    `again_per_second`: where all files are there already. `peak_mb` is all of the process, `import_mb` what the import
    added to it (MB: 2²⁰ bytes).
    """

    files: int
    files_per_second: float
    processor_seconds: float
    again_per_second: float
    peak_mb: float
    import_mb: float


def measured(files: int = FILES, *, publish: bool = False) -> Measured:
    """Make a site and a folder of small files, import it twice, and return what that cost; raises when it failed.

    The second import finds that everything is there.
    """
    with tempfile.TemporaryDirectory(prefix="board-import-") as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "board_site.settings",
            "DEVELOPMENT": "true",
            "DEBUG": "false",
            "SECRET_KEY": "only-for-measuring-" + "0123456789" * 5,
            "SITE_URL": "http://127.0.0.1",
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "LOG_LEVEL": "ERROR",
        }
        _make_files(Path(folder, "files"), files)
        _run(environment, "build")
        return Measured(files, **json.loads(_run(environment, "import", f"{folder}/files", "1" if publish else "")))


def _make_files(folder: Path, files: int):
    for number in range(files):
        place = folder / f"Folder {number // 100}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"Referral_form-{number}.txt").write_text(f"Form {number}\n{WORDS}")


def _run(environment: dict, *arguments: str) -> str:
    command = [sys.executable, "-m", "tests.bench.library_import", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def _build():
    from django.core.management import call_command

    from tests.documents.factories import add_library
    from tests.factories import add_home

    call_command("migrate", verbosity=0)
    add_library(add_home())


def _import(folder: str, publish: str):
    from django.core.management import call_command

    from documents.models import FileVersion, ResourcePage

    before, seconds, processor = _peak_mb(), [], []
    for _ in range(2):
        started, busy = time.perf_counter(), time.process_time()
        call_command("import_documents", folder, publish=bool(publish), verbosity=0, stdout=sys.stderr)
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
    files = FileVersion.objects.count()
    if files != ResourcePage.objects.count():
        raise RuntimeError("Not each file became a resource, or one became two.")
    peak = _peak_mb()
    figures = {
        "files_per_second": files / seconds[0],
        "processor_seconds": processor[0] / files,
        "again_per_second": files / seconds[1],
        "peak_mb": peak,
        "import_mb": peak - before,
    }
    print(json.dumps(figures))


def _peak_mb() -> float:
    try:
        # What `getrusage` says is at least what the process that started this one had.
        [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    except (OSError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    what, *arguments = sys.argv[1:]
    {"build": _build, "import": _import}[what](*arguments)
