"""Serves the site on this machine for one person: what `make run` starts."""

import hashlib
import logging
import secrets
import signal
import sys
import threading
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command, get_commands
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site
from waitress.server import create_server

from accounts.models import User
from accounts.roles import APPROVERS
from demo.building.owners import share_out
from demo.children import Child, stop

STAFF_ADDRESS = "office@board.example"
APPROVER_ADDRESS = "approver@board.example"
# What runs beside the site, each in a process of its own; what a room does not have yet is left out.
BESIDE = (("scheduler",), ("send_deliveries", "--watch"))
# Whoever uploads a file waits to see what the check found.
CHECK_EVERY_SECONDS = 2
# Enough for a browser's six connections and somebody else's beside them; more threads only slow Python down.
THREADS = 8
# With waitress' own hundred connections of two minutes each, one slow client could keep everybody else out.
PATIENCE = {"connection_limit": 1000, "channel_timeout": 30}

log = logging.getLogger(__name__)


def needs_migrating() -> bool:
    """Tell whether the database is new or older than the code."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_files_have_changed() -> bool:
    """Tell whether the static files are not what was collected the last time."""
    stamp = _stamp_of_static_files()
    return not stamp.exists() or stamp.read_text() != _fingerprint_of_static_files()


def collect_static_files() -> None:
    """Collect and compress the static files; killed half-way, it is done again at the next start."""
    _stamp_of_static_files().unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _stamp_of_static_files().write_text(_fingerprint_of_static_files())


def _stamp_of_static_files() -> Path:
    return Path(settings.VAR_DIR) / "static-collected"


def _fingerprint_of_static_files() -> str:
    own = [Path(app.path) / "static" for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    files = sorted(path for top in [*settings.STATICFILES_DIRS, *own] for path in Path(top).rglob("*.*"))
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    packages = [version(name) for name in ("Django", "wagtail", "whitenoise")]
    return hashlib.sha256(repr((stamps, packages, str(settings.STATIC_ROOT))).encode()).hexdigest()


def make_staff_accounts() -> str | None:
    """Make the staff account, and that of somebody who approves; return their password, which is stored nowhere.

    None where there is an account.
    """
    if User.objects.filter(email=STAFF_ADDRESS).exists():
        return None
    password = secrets.token_urlsafe(12)
    office = User.objects.create_superuser(STAFF_ADDRESS, password, first_name="Board", last_name="office")
    approver = User.objects.filter(email=APPROVER_ADDRESS).first()
    if approver is None:
        approver = User.objects.create_user(APPROVER_ADDRESS, password, first_name="Second", last_name="reader")
        approver.groups.set(Group.objects.filter(name__in=[role.name for role in APPROVERS]))
    share_out(office=office, approver=approver)
    return password


def answer_to(port: int) -> None:
    """Let absolute addresses (feeds, share cards) name the port that is served now."""
    for site in Site.objects.filter(is_default_site=True, hostname__in=("127.0.0.1", "localhost")).exclude(port=port):
        site.port = port
        site.save()


class Rounds(threading.Thread):
    """Does something again and again while the site is served."""

    def __init__(self, command: str, every: float):
        super().__init__(name=f"rounds-of-{command}", daemon=True)
        self.command, self.every = command, every
        self._stopped = threading.Event()

    def run(self):
        """Go round until stopped. One failure, whatever it is, must not end it for good: it is logged."""
        while not self._stopped.is_set():
            try:
                close_old_connections()
                call_command(self.command, verbosity=0)
            except Exception:
                log.exception("%s failed; it is tried again in %s seconds.", self.command, self.every)
            self._stopped.wait(self.every)
        connections.close_all()

    def stop(self):
        """Finish the round that is running and end."""
        self._stopped.set()
        self.join(timeout=30)


def children(port: int) -> list[Child]:
    """Return what is to run beside the site; the links in its mails lead to the port that is served."""
    known = get_commands()
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py"), "alongside"]
    return [Child(command[0], [*manage, *command], PORT=str(port)) for command in BESIDE if command[0] in known]


def serve(*, port: int, ready) -> None:
    """Serve until Ctrl-C or SIGTERM; calls `ready()` once requests are answered. Raises OSError for a taken port."""
    server = create_server(get_wsgi_application(), host="127.0.0.1", port=port, threads=THREADS, ident=None, **PATIENCE)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    checks, beside = Rounds("check_files", CHECK_EVERY_SECONDS), children(port)
    for each in (checks, *beside):
        each.start()
    try:
        ready()
        server.run()  # returns when it is stopped
    finally:
        stop(beside)
        checks.stop()
        server.close()


def _stop(number, frame):
    raise SystemExit
