"""What `make run` does once the packages are there."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Site

from accounts.models import User
from demo import serving
from documents.models import ResourcePage
from home.models import HomePage
from pages.models import BasePage
from procedures.models import ChapterPage
from tests.demonstration import have_demonstration
from tests.once import once

pytestmark = pytest.mark.django_db


@once
def built():
    """A site that an earlier start has built."""
    have_demonstration(today=timezone.localdate())
    return HomePage.objects.get()


@pytest.fixture
def started(monkeypatch, settings, tmp_path):
    """Start as `make run` does, without serving, and return what a person reads."""
    settings.VAR_DIR = tmp_path / "var"
    monkeypatch.setattr("demo.management.commands.serve.build_demonstration", have_demonstration)
    monkeypatch.setattr(serving, "serve", lambda port, ready: ready())
    monkeypatch.setattr("demo.management.commands.serve.call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(serving, "call_command", lambda *args, **kwargs: None)

    def start(port=8000):
        output = StringIO()
        call_command("serve", port=port, stdout=output)
        return output.getvalue()

    return start


class TestTheFirstStart:
    def test_builds_the_demonstration_and_shows_a_login_that_works(self, started, client):
        said = started()
        password = re.search(r"Password +(\S+)\n", said)[1]
        assert HomePage.objects.exists()
        assert "http://127.0.0.1:8000/" in said
        assert client.login(username="office@board.example", password=password)
        assert client.get("/admin/").status_code == 200
        # Nobody approves what they wrote themselves.
        assert "Who approves  approver@board.example, with the same password" in said
        assert client.login(username="approver@board.example", password=password)

    def test_gives_pages_to_the_two_who_work_here(self, built, started):
        page = ChapterPage.objects.first()
        kept = User.objects.create_user("kept@board.example", "a long enough password")
        BasePage.objects.filter(pk=page.pk).update(owner=kept)
        started()
        owned = dict(BasePage.objects.filter(live=True).values_list("owner__email").annotate(Count("pk")))
        assert set(owned) == {"office@board.example", "approver@board.example", "kept@board.example", None}
        assert owned["kept@board.example"] == 1
        # A draft that is published keeps the owner of its page.
        resource = ResourcePage.objects.live().first()
        resource.get_latest_revision().publish()
        assert BasePage.objects.get(pk=resource.pk).owner.email == "approver@board.example"

    def test_says_where_mail_can_be_read(self, built, started, settings):
        assert "/inbox/" not in started()
        settings.EMAIL_BACKEND = "inbox.backend.EmailBackend"
        assert re.search(r"Mail +http://127\.0\.0\.1:8000/inbox/\n", started())

    def test_makes_another_password_each_time(self, built, started):
        passwords = set()
        for _ in range(3):
            User.objects.all().delete()
            passwords.add(re.search(r"Password +(\S+)\n", started())[1])
        assert len(passwords) == 3
        assert all(len(password) >= 16 for password in passwords)


class TestTheSecondStart:
    def test_keeps_account_and_content(self, built, started):
        started()
        HomePage.objects.update(title="Changed by staff")
        user = User.objects.get(email="office@board.example")
        said = started()
        assert "made on an earlier start; `make password` sets a new password" in said
        assert HomePage.objects.get().title == "Changed by staff"
        assert User.objects.get(email="office@board.example").password == user.password

    def test_on_another_port_gives_links_that_port(self, built, started):
        started(port=8000)
        started(port=8001)
        assert Site.objects.get(is_default_site=True).port == 8001

    def test_collects_static_files_only_when_one_has_changed(self, built, started, settings, tmp_path):
        assert "Collecting" in started()
        assert "Collecting" not in started()
        (tmp_path / "more").mkdir()
        (tmp_path / "more/new.css").write_text("a {}")
        settings.STATICFILES_DIRS = [*settings.STATICFILES_DIRS, tmp_path / "more"]
        assert "Collecting" in started()


class TestAPublicSite:
    def test_is_not_served_like_this(self, settings):
        settings.DEVELOPMENT = False
        with pytest.raises(CommandError, match="This is for your own machine"):
            call_command("serve")


class TestRounds:
    def test_goes_on_after_any_failure_and_says_so(self, monkeypatch, caplog):
        rounds = []

        def check(*args, **kwargs):
            rounds.append(args)
            if len(rounds) == 3:
                thread._stopped.set()
            raise RuntimeError("the database is away")

        monkeypatch.setattr(serving, "call_command", check)
        monkeypatch.setattr(serving, "close_old_connections", lambda: None)
        monkeypatch.setattr(serving.connections, "close_all", lambda: None)
        thread = serving.Rounds("check_files", 0.01)
        thread.run()
        assert rounds == [("check_files",)] * 3
        assert "tried again" in caplog.text


class TestWhatRunsBesideTheSite:
    def test_is_the_scheduler_and_what_else_there_is(self, monkeypatch):
        monkeypatch.setattr(serving, "BESIDE", (("scheduler",), ("check_files", "--watch", "2"), ("still_to_come",)))
        scheduler, checks = serving.children(8001)
        assert (scheduler.name, checks.name) == ("scheduler", "check_files")
        assert checks.command[-4:] == ["alongside", "check_files", "--watch", "2"]

    def test_writes_mails_whose_links_lead_to_the_port_that_is_served(self):
        assert {child.environment["PORT"] for child in serving.children(8001)} == {"8001"}
