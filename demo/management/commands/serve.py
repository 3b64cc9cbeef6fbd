"""`manage.py serve`: everything between an empty folder and the site in the browser. `make run` calls it."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from demo import serving
from demo.building import build_demonstration


class Command(BaseCommand):
    """Prepares what is missing and serves the site on this machine."""

    help = "Serve the site on this machine: database, demonstration content and static files are made when missing."
    requires_system_checks = []  # `make test` runs them; here they would only make each start slower.

    def add_arguments(self, parser):
        """Take the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args, port, **options):
        """Prepare and serve."""
        if not settings.DEVELOPMENT:
            raise CommandError("This is for your own machine, and .env or the environment sets up a public site.")
        try:
            self._prepare(port)
            serving.serve(port=port, ready=lambda: self._welcome(port))
        except (OSError, OperationalError) as error:
            raise CommandError(f"The site could not be served: {error}") from error
        self._say("Stopped.")

    def _prepare(self, port):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if has_migrated := serving.needs_migrating():
            self._say("Bringing the database up to date ...")
            call_command("migrate", interactive=False, verbosity=0)
        if build_demonstration(today=timezone.localdate(), port=port):
            self._say("The demonstration site is built.")
        elif has_migrated:
            # An older site has pages whose passages were never written down.
            call_command("rebuild_search", verbosity=0)
        call_command("keep_roles", verbosity=0)
        serving.answer_to(port)
        if serving.static_files_have_changed():
            self._say("Collecting and compressing the static files ...")
            serving.collect_static_files()

    def _say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()

    def _welcome(self, port):
        """Say where the site is, and how staff sign in; the password is shown this once."""
        address = f"http://127.0.0.1:{port}"
        password = serving.make_staff_accounts()
        # Where EMAIL_URL is set, mail goes there.
        inbox = f"{address}{reverse('inbox:list')}" if settings.EMAIL_BACKEND.startswith("inbox.") else ""
        known = "made on an earlier start; `make password` sets a new password"
        self._say(
            f"\n  The site      {address}/\n"
            f"  For staff     {address}/admin/\n"
            f"  Staff login   {serving.STAFF_ADDRESS}\n"
            f"  Password      {password or known}\n"
            + ("                shown only now, and stored nowhere\n" if password else "")
            + f"  Who approves  {serving.APPROVER_ADDRESS}"
            + (", with the same password\n" if password else "\n")
            + (f"  Mail          {inbox}\n" if inbox else "")
            + "\n  Ctrl-C stops it.\n"
        )
