"""manage.py import_bulletin"""

import io
import time

import pytest
from django.core.management import CommandError, call_command

from bulletins.models import BulletinIndexPage, BulletinPage
from tests.bulletins.importing import DATA
from tests.factories import add_archive, add_home, add_information, add_page, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

FILE = str(DATA / "quarterly.txt")


@once
def archive():
    return add_archive(add_home())


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_bulletin", *arguments, stdout=out, no_color=True, **options)
    return out.getvalue()


class TestCommand:
    def test_makes_a_draft_and_prints_the_report_and_where_to_edit(self, archive):
        printed = run(FILE)
        page = BulletinPage.objects.get()
        assert not page.live
        assert printed.startswith("Draft made: July 2018 bulletin (6 items")
        assert f"/admin/pages/{page.pk}/edit/" in printed
        assert "\nPlease check\n- " in printed
        assert "\nWhat was guessed\n- " in printed

    def test_takes_title_and_author(self, archive):
        user = make_manager()
        run(FILE, title="Summer", user=user.email.upper())
        page = BulletinPage.objects.get()
        assert (page.title, page.owner) == ("Summer", user)

    def test_reads_standard_input(self, archive, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"One thing\n\nText of one.\n")))
        assert "1 item" in run("-")

    def test_makes_a_second_draft_only_when_told_to(self, archive):
        run(FILE)
        with pytest.raises(CommandError, match="--again"):
            run(FILE)
        run(FILE, again=True)
        assert BulletinPage.objects.count() == 2

    @pytest.mark.parametrize("way", ["pk", "slug", "url"])
    def test_takes_the_archive_by_number_slug_or_address(self, archive, way):
        run(FILE, parent=str(getattr(archive, way)))
        assert BulletinPage.objects.child_of(archive).exists()

    def test_asks_which_archive_where_there_are_two(self, archive):
        other = add_page(archive.get_parent(), BulletinIndexPage(title="Older", slug="older"))
        with pytest.raises(CommandError, match=rf"--parent: .*{archive.pk} .*{other.pk} \(Older, /older/\)"):
            run(FILE)
        run(FILE, parent="older")
        assert BulletinPage.objects.child_of(other).exists()

    def test_says_that_there_is_no_archive(self, db):
        add_home()
        with pytest.raises(CommandError, match="no archive of bulletins yet"):
            run(FILE)

    def test_does_not_take_another_kind_of_page(self, archive):
        page = add_information(archive.get_parent())
        with pytest.raises(CommandError, match="Say which archive"):
            run(FILE, parent=str(page.pk))

    def test_refuses_20_megabytes_without_reading_them(self, archive, tmp_path):
        large = tmp_path / "large.txt"
        with large.open("wb") as file:
            file.truncate(20_000_000)
        started = time.process_time()
        with pytest.raises(CommandError, match="at most"):
            run(str(large))
        assert time.process_time() - started < 2

    @pytest.mark.parametrize("name", ["missing.txt", ""])
    def test_says_that_there_is_no_file(self, archive, tmp_path, name):
        with pytest.raises(CommandError, match="There is no file"):
            run(str(tmp_path / name))

    def test_says_that_nobody_has_the_address_of_the_author(self, archive):
        with pytest.raises(CommandError, match="Nobody signs in as"):
            run(FILE, user="nobody@board.example")
        assert not BulletinPage.objects.exists()
