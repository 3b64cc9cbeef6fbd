"""How fast a file of 5 MB is given out: by gunicorn, and by nginx when the site only says who may have it.

The reference is nginx with the same file and nobody to ask. All three answer in turns, so that whatever else the
machine does meets each of them. Needs the site's database on disk, which gunicorn's processes open for themselves.
"""

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from documents.models import LibraryDocument, LibraryPage
from documents.services import pass_version
from tests.documents.factories import add_resource, findings

SIZE = 5 * 1024 * 1024
REPEATS = 40
REFERENCE = "nginx alone"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Throughput:
    """Megabytes a second, at the median; `first_byte`: milliseconds until the first of them."""

    megabytes: float
    first_byte: float


def offered_file(library: LibraryPage) -> LibraryDocument:
    """Return a file of 5 MB that a resource offers."""
    content = ContentFile(os.urandom(SIZE), name="large.pdf")
    document = LibraryDocument.objects.create(title="Large file", file=content)
    pass_version(
        version=document.newest_version(),
        findings=findings(media_type="application/pdf"),
        preview="",
        now=timezone.now(),
    )
    add_resource(library, document, title="Large", slug="large")
    return LibraryDocument.objects.visible().get(pk=document.pk)


def measured(document: LibraryDocument, folder: Path) -> dict[str, Throughput]:
    """Measure; without nginx on this machine only gunicorn."""
    with ExitStack() as running:
        plain, handing_over = free_port(), free_port()
        running.enter_context(gunicorn(plain))
        places = {"gunicorn": (plain, document.url)}
        if shutil.which("nginx"):
            running.enter_context(gunicorn(handing_over, FILES_BY_WEB_SERVER="/stored/"))
            front = free_port()
            running.enter_context(nginx(folder, front, handing_over))
            places["nginx, X-Accel"] = (front, document.url)
            places[REFERENCE] = (front, f"/open/{document.file.name}")
        spent = {name: [] for name in places}
        for _ in range(REPEATS):
            for name, (port, address) in places.items():
                spent[name].append(fetch(port, address))
    return {
        name: Throughput(
            SIZE / 1e6 / statistics.median(total for _, total in times),
            1000 * statistics.median(first for first, _ in times),
        )
        for name, times in spent.items()
    }


def fetch(port: int, address: str) -> tuple[float, float]:
    """Fetch an address; return the seconds until the first byte of the body, and until the last."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    begun = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    got = len(answer.read(1))
    first = time.perf_counter() - begun
    while part := answer.read(256 * 1024):
        got += len(part)
    total = time.perf_counter() - begun
    connection.close()
    if answer.status != 200 or got != SIZE:
        raise RuntimeError(f"{address}: {answer.status}, {got} bytes")
    return first, total


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def gunicorn(port: int, **environment):
    """Serve the site as in production, for as long as the block runs."""
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "board_site.wsgi"]
    environment |= {"GUNICORN_BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": "2"}
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def nginx(folder: Path, port: int, behind: int):
    """Serve in front of gunicorn, with the place for stored files as deploy/nginx.conf has it."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    begin = text.index("    location /stored/")
    stored = text[begin : text.index("\n    }\n", begin) + 7].replace(
        "/srv/board/var/media/", f"{settings.MEDIA_ROOT}/"
    )
    (folder / "nginx.conf").write_text(
        f"pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off; user root; events {{}}\n"
        f"http {{ access_log off; sendfile on; server {{ listen 127.0.0.1:{port};\n{stored}"
        f"location /open/ {{ alias {settings.MEDIA_ROOT}/; }}\n"
        f"location / {{ proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host 127.0.0.1; }} }} }}\n"
    )
    process = subprocess.Popen(["nginx", "-c", f"{folder}/nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int):
    """Wait until somebody answers at the port. Raises TimeoutError after half a minute."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"Nobody answers at port {port}.")
