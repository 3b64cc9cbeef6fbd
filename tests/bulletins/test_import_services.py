"""A file becomes a draft and a report, or nothing at all."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry

from bulletins.importing import services
from bulletins.importing.models import BulletinImport
from bulletins.importing.services import AlreadyImported, NotAnArchive, import_bulletin
from bulletins.models import BulletinPage
from content.reading.refusals import CannotImport, FileTooLarge, NotText
from content.reading.words import lost_words, words_of
from tests.bulletins.importing import DATA
from tests.bulletins.test_import_html import PNG
from tests.factories import add_archive, add_bulletin, add_home, make_manager
from tests.once import once

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "bulletin-2017-04.txt"
needs_real_bulletin = pytest.mark.skipif(
    not REAL.exists(), reason="the real bulletin names people and is not part of the project"
)
TWO_ITEMS = b"April 2017\n\nOne thing\n\nText of one.\n\nOther thing\n\nText of other."


@once
def archive():
    return add_archive(add_home())


def imported(archive, content=TWO_ITEMS, filename="bulletin.txt", user=None, **options):
    return import_bulletin(parent=archive, content=content, filename=filename, user=user, now=NOW, **options)


def words_on(client, page):
    """All text of the published page's main part."""
    from bs4 import BeautifulSoup

    page.save_revision().publish()
    page.refresh_from_db()
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ")


class TestDraft:
    def test_is_not_public_and_has_a_revision_an_author_and_a_log_entry(self, archive, client):
        user = make_manager()
        page, _ = imported(archive, user=user)
        page.refresh_from_db()
        assert (page.live, page.has_unpublished_changes, page.owner) == (False, True, user)
        assert page.latest_revision.user == user
        assert client.get(page.get_url() or f"{archive.url}{page.slug}/").status_code == 404
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.create", user=user).exists()

    def test_is_called_after_its_date_unless_a_title_is_given(self, archive):
        page, _ = imported(archive)
        assert (page.title, page.slug, page.issue_date) == ("April 2017 bulletin", "april-2017", date(2017, 4, 1))
        named, _ = imported(archive, title="Safer together", again=True)
        assert named.title == "Safer together"

    def test_has_the_title_of_the_file(self, archive):
        page, _ = imported(archive, (DATA / "word.html").read_bytes(), "word.html")
        assert page.title == "Safeguarding Bulletin"

    def test_says_so_when_the_title_of_the_file_is_replaced(self, archive):
        page, report = imported(archive, (DATA / "word.html").read_bytes(), "word.html", title="Summer")
        assert page.title == "Summer"
        assert any("“Safeguarding Bulletin”" in note.text for note in report.notes)

    def test_can_be_published_and_read(self, archive, client):
        page, _ = imported(archive, (DATA / "quarterly.txt").read_bytes())
        text = words_on(client, page)
        for words in ("News from the board of Anytown.", "referrals in good time", "An action plan will follow."):
            assert words in text

    @pytest.mark.parametrize("name", ["quarterly.txt", "wrapped.txt", "newsletter.html", "word.html"])
    def test_loses_no_word(self, archive, name):
        _, report = imported(archive, (DATA / name).read_bytes(), name)
        assert not any("words of the file are missing" in note.text for note in report.notes)

    def test_survives_what_databases_refuse(self, archive):
        page, _ = imported(
            archive, "April 2017\n\nOne \x00thing\n\nText \ud83d\ude00 of\ufffe one.".encode("utf-8", "surrogatepass")
        )
        page.refresh_from_db()
        assert "\x00" not in str(list(page.items.raw_data))


class TestReport:
    def test_is_kept_with_the_draft(self, archive):
        page, report = imported(archive)
        kept = page.imports.get()
        assert kept.read_report() == report
        assert (kept.file_name, kept.imported_at) == ("bulletin.txt", NOW)
        assert len(kept.sha256) == 64

    def test_counts_what_was_made(self, archive):
        _, report = imported(archive, (DATA / "quarterly.txt").read_bytes())
        assert report.summary() == "6 items, 167 words, 4 lists, 2 e-mail addresses, 1 phone number"

    def test_names_words_that_are_missing(self, archive, monkeypatch):
        monkeypatch.setattr(services, "text_in", lambda value: "One thing Text of one")
        _, report = imported(archive)
        assert any(note.text == "These words of the file are missing: of, other, text, thing" for note in report.notes)

    def test_says_how_the_file_was_read(self, archive):
        _, report = imported(archive, "One thing\n\nIt’s café.".encode("cp1252"))
        assert any("Windows" in note.text for note in report.notes)


class TestSecondTime:
    def test_the_same_file_is_refused_and_the_first_draft_named(self, archive):
        first, _ = imported(archive)
        with pytest.raises(AlreadyImported, match="April 2017 bulletin") as error:
            imported(archive)
        assert error.value.page == first
        assert BulletinPage.objects.count() == 1

    def test_the_same_file_makes_a_second_draft_when_asked(self, archive):
        imported(archive)
        second, report = imported(archive, again=True)
        assert second.slug == "april-2017-2"
        assert any("already an issue dated April 2017" in note.text for note in report.notes)

    def test_a_deleted_draft_does_not_count(self, archive):
        first, _ = imported(archive)
        first.delete()
        assert imported(archive)[0].slug == "april-2017"

    def test_another_file_of_the_same_quarter_is_imported_with_a_warning(self, archive):
        add_bulletin(archive, title="Spring issue", issue_date=date(2017, 4, 1))
        _, report = imported(archive)
        assert any("“Spring issue”" in note.text for note in report.notes)


class TestNothingHalfMade:
    @pytest.mark.parametrize(
        "content", [b"", b"\x89PNG\r\n\x1a\n", b"a" * 6_000_000, b"<html>" + b"<div>" * 9000, b"<html><p></p>"]
    )
    def test_what_cannot_be_read_leaves_nothing(self, archive, content):
        with pytest.raises(CannotImport):
            imported(archive, content)
        assert not BulletinPage.objects.exists()
        assert not BulletinImport.objects.exists()

    def test_an_error_at_the_end_takes_page_pictures_and_files_away_again(self, archive, monkeypatch, settings):
        def fail(*args, **kwargs):
            raise RuntimeError("the disk is full")

        monkeypatch.setattr(BulletinImport, "save", fail)
        content = f'<html><h2>One</h2><p>a</p><img alt="b" src="data:image/png;base64,{PNG}"><h2>Two</h2><p>c</p>'
        with pytest.raises(RuntimeError):
            imported(archive, content.encode())
        assert not BulletinPage.objects.exists()
        assert not get_image_model().objects.exists()
        assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        archive.refresh_from_db()
        assert archive.numchild == 0

    def test_only_an_archive_takes_issues(self, archive):
        with pytest.raises(NotAnArchive):
            imported(archive.get_parent().specific)

    def test_messages_are_for_staff(self, archive):
        with pytest.raises(FileTooLarge, match="a bulletin may have at most"):
            imported(archive, b"a" * 6_000_000)
        with pytest.raises(NotText, match="Save it as a Word document"):
            imported(archive, b"%PDF-1.7")


class TestPictures:
    def test_go_into_the_library_with_their_description(self, archive):
        content = (
            f'<html><h2>One</h2><p>a</p><img alt="A poster" src="data:image/png;base64,{PNG}"><h2>Two</h2><p>c</p>'
        )
        page, report = imported(archive, content.encode())
        image = get_image_model().objects.get()
        (block,) = [block for block in page.items.raw_data[0]["value"]["body"] if block["type"] == "image"]
        assert block["value"] == {"image": image.pk, "alt_text": "A poster", "decorative": False, "caption": ""}
        assert (image.title, image.width) == ("A poster", 1)
        assert image.file_hash
        assert default_storage.exists(image.file.name)
        assert report.counts["pictures"] == 1

    def test_that_only_claim_to_be_one_are_left_out(self, archive):
        content = '<html><h2>One</h2><p>a</p><img src="data:image/png;base64,AAAABBBB"><h2>Two</h2><p>c</p>'
        _, report = imported(archive, content.encode())
        assert not get_image_model().objects.exists()
        assert any("cannot be shown" in note.text for note in report.notes)

    @pytest.mark.parametrize("length", [16, 40, 60])
    def test_that_are_broken_are_left_out(self, archive, length):
        broken = PNG[:length]
        content = f'<html><h2>One</h2><p>a</p><img src="data:image/png;base64,{broken}"><h2>Two</h2><p>c</p>'
        _, report = imported(archive, content.encode())
        assert not get_image_model().objects.exists()
        assert any("without a description is damaged" in note.text for note in report.notes)


@needs_real_bulletin
class TestRealBulletin:
    @pytest.fixture
    def page(self, archive):
        return imported(archive, REAL.read_bytes(), REAL.name)[0]

    def test_is_the_issue_of_april_2017(self, page):
        assert (page.quarter_label, page.issue_date) == ("April 2017", date(2017, 4, 1))
        assert page.introduction == "<p>Quarterly news and information.</p>"
        assert page.next_deadline == date(2017, 7, 3)

    def test_has_its_items_in_order(self, page):
        assert [(item["type"], item["value"]["heading"]) for item in page.items.raw_data] == [
            ("priority_update", "Key work of the board"),
            ("priority_update", "Online Safety"),
            ("new_law", "New criminal offence"),
            ("news", "Ensuring early help is provided promptly and effectively"),
            ("procedures_update", "Policies and Procedures"),
            ("inspection", "Joint Targeted Area Inspection (JTAI)"),
            ("inspection", "JTAI Neglect"),
            ("news", "Derbyshire Safeguarding Board website"),
            ("inspection", "Safeguarding Audits in schools"),
            ("call_for_information", "Future news items"),
        ]

    def test_has_the_facts_of_the_new_offence(self, page):
        value = page.items.raw_data[2]["value"]
        assert (value["act"], value["section"]) == ("Serious Crime Act", "67")
        assert (value["in_force_from"], value["maximum_penalty"]) == ("2017-04-03", "2 years imprisonment")

    def test_has_both_lists_of_the_inspection_and_what_follows_them(self, page):
        value = page.items.raw_data[5]["value"]
        assert value["theme"] == "children living with domestic abuse"
        assert (value["good_practice_heading"], len(value["good_practice"])) == ("Examples of good practice", 6)
        assert (value["development_heading"], len(value["areas_for_development"])) == (
            "Areas for further development",
            6,
        )
        assert value["next_steps"].startswith("<p>We will formulate an action plan")

    def test_has_lists_as_lists_and_addresses_as_links(self, page):
        raw = str(list(page.items.raw_data))
        assert raw.count("<ul>") == 2
        assert raw.count('href="mailto:') == 3
        assert raw.count('href="tel:+441629') == 1

    def test_has_the_deadline_in_the_last_item(self, page):
        assert page.items.raw_data[9]["value"]["deadline"] == "2017-07-03"

    def test_loses_no_word_on_the_page_that_readers_see(self, page, client):
        shown = words_on(client, page)
        assert lost_words(REAL.read_text(), shown) == []
        assert not words_of(REAL.read_text()).keys() - words_of(shown).keys()

    def test_keeps_the_words_of_each_paragraph_in_order(self, page, client):
        shown = " ".join(words_on(client, page).split()).casefold()
        for line in REAL.read_text().splitlines():
            words = " ".join(line.replace("•", " ").split()).casefold()
            # Addresses are elements of their own; what parts them is not the matter here.
            for part in words.replace("email:", "|").replace("tel:", "|").split("|")[:1]:
                assert part.strip().rstrip(":") in shown, line
