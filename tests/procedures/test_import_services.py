"""A manual becomes drafts, links and redirects, or nothing at all."""

import os
import time
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Revision

from content.reading.refusals import CannotImport
from pages.models import BasePage
from procedures.importing import drafts as drafts_module
from procedures.importing import services
from procedures.importing.files import files_of
from procedures.importing.models import ManualImport
from procedures.importing.report import ManualReport
from procedures.importing.services import AllThereAlready, NotInAManual, import_manual
from procedures.models import ChapterPage, PartPage
from tests.factories import make_manager
from tests.once import once
from tests.procedures.factories import add_chapter, add_manual, add_part
from tests.procedures.imported_files import manual as files_of_manual
from tests.procedures.imported_files import page as web_page
from tests.procedures.imported_files import zip_of

pytestmark = pytest.mark.django_db


def png() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()


manual = once(add_manual)


def imported(parent, files=None, *, name="manual.zip", content=None, **options):
    report = ManualReport()
    content = zip_of(files_of_manual(png()) if files is None else files) if content is None else content
    made = import_manual(
        parent=parent,
        files=files_of(content, name=name, report=report),
        user=options.pop("user", None),
        now=options.pop("now", timezone.now()),
        report=report,
        **options,
    )
    return made, report


def notes(report) -> str:
    return "\n".join(f"{note.group} {note.item}: {note.text}" for note in report.notes)


def draft(title: str) -> ChapterPage:
    return ChapterPage.objects.get(title=title).get_latest_revision_as_object()


def raw(title: str) -> list:
    return draft(title).sections.raw_data


def below(parent) -> list:
    return [
        (page.title, below(page)) if page.specific_class is PartPage else page.title
        for page in parent.get_children().order_by("path")
    ]


class TestOrder:
    def test_is_that_of_the_outline(self, manual):
        imported(manual)
        particular = ("Particular circumstances", ["Private fostering", "Online harm"])
        assert below(manual) == [
            "Introduction",
            ("Help and protection", ["Early help", "Making a referral", particular]),
            ("Appendices", ["Local contacts"]),
        ]

    def test_is_that_of_the_names_without_an_outline(self, manual):
        files = {f"{number}.html": web_page(f"<h1>Chapter of {number}</h1><p>Words.</p>") for number in (10, 2, 1)}
        imported(manual, files)
        assert below(manual) == ["Chapter of 1", "Chapter of 2", "Chapter of 10"]

    def test_nothing_is_public_and_all_have_a_revision_and_a_log_entry(self, manual):
        user = make_manager()
        imported(manual, user=user)
        pages = BasePage.objects.descendant_of(manual)
        assert not pages.filter(live=True).exists()
        assert all(page.get_latest_revision().user == user for page in pages)
        assert {page.owner for page in pages} == {user}

    def test_a_part_that_is_there_is_used_again(self, manual):
        part = add_part(manual, title="Help and Protection")
        imported(manual)
        assert PartPage.objects.filter(title__iexact="help and protection").count() == 1
        part.refresh_from_db()
        assert "Early help" in below(part)

    def test_a_chapter_that_is_there_is_not_doubled_but_links_lead_to_it(self, manual):
        part = add_part(manual, title="Help and protection")
        there = add_chapter(part, title="Early help")
        _, report = imported(manual)
        assert ChapterPage.objects.filter(title="Early help").count() == 1
        assert "“Early help” is there already" in notes(report)
        assert f'<a linktype="page" id="{there.pk}">' in str(raw("Making a referral"))

    def test_all_there_already_is_refused_and_again_makes_second_drafts(self, manual):
        imported(manual)
        count = BasePage.objects.count()
        with pytest.raises(AllThereAlready, match="in the manual already"):
            imported(manual)
        assert BasePage.objects.count() == count
        imported(manual, again=True)
        assert ChapterPage.objects.filter(title="Early help").count() == 2
        assert PartPage.objects.filter(title="Appendices").count() == 1

    def test_two_of_one_title_are_both_made_and_named(self, manual):
        files = {name: web_page("<h1>Neglect</h1><p>Words.</p>") for name in ("a.html", "b.html")}
        _, report = imported(manual, files)
        assert below(manual) == ["Neglect", "Neglect"]
        assert len({page.slug for page in manual.get_children()}) == 2
        assert "Two chapters are called “Neglect”" in notes(report)

    def test_under_review_is_taken_over(self, manual):
        now = timezone.now()
        imported(manual, now=now)
        assert draft("Private fostering").under_review_since == timezone.localdate(now)


class TestChapter:
    @pytest.fixture
    def report(self, manual):
        return notes(imported(manual, old_site="https://old.example/manual/")[1])

    def test_has_sections_and_subsections_without_their_numbers(self, report):
        sections = raw("Early help")
        assert [section["value"]["heading"] for section in sections] == ["Introduction", "What to do", "Forms"]
        below = [part for part in sections[1]["value"]["body"] if part["type"] == "subsection"]
        assert [part["value"]["heading"] for part in below] == ["Who to tell"]
        assert "<h4>Out of hours</h4>" in below[0]["value"]["body"][0]["value"]
        assert "Typed numbers were taken off" in report

    def test_has_lists_below_lists(self, report):
        text = raw("Early help")[1]["value"]["body"][0]["value"]
        assert text == "<ol><li>Listen<ul><li>to the child</li></ul></li><li>Write it down</li></ol>"

    def test_has_scope_guidance_and_related_chapters(self, report):
        page = draft("Early help")
        assert page.scope == "<p>For <b>everybody</b> who works with families.</p>"
        assert page.relevant_guidance == (
            '<ul><li><a href="https://guidance.example/children">Helping children</a></li></ul>'
        )
        assert [block.value.title for block in page.related] == ["Making a referral"]
        assert "“Old chapter” among the related chapters" in report
        assert "This chapter was updated in May 2016." in report

    def test_has_its_table_callout_and_picture(self, report):
        body = raw("Early help")[2]["value"]["body"]
        assert [part["type"] for part in body] == ["table", "callout", "image", "text"]
        assert body[0]["value"]["columns"][0]["heading"] == "Form"
        assert body[1]["value"] == {"title": "You must", "text": "<p>Never promise secrecy.</p>"}
        assert body[2]["value"]["alt_text"] == "A map of the teams"
        assert get_image_model().objects.get(pk=body[2]["value"]["image"]).file.size
        assert "“pictures/missing.png” is none of the files" in report

    def test_has_nothing_of_what_surrounded_it(self, report):
        stored = str(raw("Early help"))
        assert not any(words in stored for words in ("Search the manual", "You are here", "Copyright", "Back to top"))
        assert "Copyright" in report

    def test_links_to_other_chapters_are_links_to_their_pages(self, report):
        referral, online = (ChapterPage.objects.get(title=title) for title in ("Making a referral", "Online harm"))
        stored = str(raw("Early help"))
        assert f'<a linktype="page" id="{referral.pk}">lead</a>' in stored
        assert f'<a linktype="page" id="{online.pk}">other team</a>' in stored
        assert "“#s4”, is lost" in report

    def test_links_of_word_documents_too(self, report):
        early = ChapterPage.objects.get(title="Early help")
        assert f'<a linktype="page" id="{early.pk}">Early help</a>' in str(raw("Private fostering"))

    def test_links_to_nothing_are_plain_words_and_addresses_stay(self, report):
        stored = str(raw("Early help"))
        assert "See below." in stored
        assert "See the form." in stored
        assert "“files/form.pdf”. Add it to the documents" in report
        assert 'href="mailto:help@board.example"' in stored
        assert 'href="tel:+441632960123"' in stored

    def test_can_be_edited_and_published_and_read(self, report, client, admin_client):
        page = ChapterPage.objects.get(title="Early help")
        assert admin_client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
        for above in [*page.get_ancestors().type(PartPage), page]:
            above.get_latest_revision().publish()
        html = client.get(ChapterPage.objects.get(pk=page.pk).url).content.decode()
        assert "Write it down" in html
        assert "Never promise secrecy." in html


class TestOldAddresses:
    def test_lead_to_the_chapters(self, manual):
        made, report = imported(manual, old_site="https://old.example/manual")
        found = {redirect.old_path: redirect.redirect_page.title for redirect in Redirect.objects.all()}
        assert found["/manual/early-help.html"] == "Early help"
        assert found["/manual/1.3.1%20Fostering.docx"] == "Private fostering"
        assert report.counts["redirects"] == len(found) == 5

    def test_of_redirects_and_pages_that_are_there_stay_as_they_are(self, manual):
        Redirect.objects.create(old_path="/manual/referral.html", redirect_link="https://elsewhere.example")
        add_chapter(manual, title="There", slug="early-help")
        files = {"early-help": None, "referral.html": web_page("<h1>R</h1><p>x</p>")}
        files = {"referral.html": files["referral.html"], "a.html": web_page(
            "<h1>A</h1><p>x</p>", head='<link rel="canonical" href="https://old.example/procedures/early-help">'
        )}  # fmt: skip
        _, report = imported(manual, files, old_site="https://old.example/manual")
        assert Redirect.objects.get().redirect_link == "https://elsewhere.example"
        assert "leads somewhere already" in notes(report)
        assert "is the address of a page of this site" in notes(report)

    def test_are_read_from_pages_that_say_where_they_stood(self, manual):
        head = '<link rel="canonical" href="https://old.example/p_early.html?id=3">'
        imported(manual, {"a.html": web_page("<h1>A</h1><p>x</p>", head=head)})
        assert Redirect.objects.get().old_path == "/p_early.html?id=3"

    def test_that_nobody_knows_are_reported(self, manual):
        _, report = imported(manual, {"a.html": web_page("<h1>A</h1><p>x</p>")})
        assert "nobody said where the manual stood" in notes(report)

    @pytest.mark.parametrize("address", ["old.example", "javascript:alert(1)", "https://", "http://[x"])
    def test_of_no_site_are_refused(self, manual, address):
        with pytest.raises(CannotImport, match="must begin with"):
            imported(manual, old_site=address)


class TestNothingHalfMade:
    def test_an_error_at_the_end_takes_everything_away_again(self, manual, monkeypatch):
        stored = []
        saved = drafts_module.Pictures.save
        monkeypatch.setattr(
            services.Pictures, "save", lambda self, *a, **k: (saved(self, *a, **k), stored.extend(self.stored))
        )

        def fail(*args, **kwargs):
            raise OSError("disk full")

        monkeypatch.setattr(services, "make_redirects", fail)
        before = BasePage.objects.count(), Revision.objects.count()
        with pytest.raises(OSError, match="disk full"):
            imported(manual, old_site="https://old.example/manual")
        assert (BasePage.objects.count(), Revision.objects.count()) == before
        assert not Redirect.objects.exists()
        assert not get_image_model().objects.exists()
        assert stored
        assert not any(default_storage.exists(image.file.name) for image in stored)

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("a.html", b"", "no words"),
            ("a.html", b"%PDF-1.7", "PDF"),
            ("a.zip", b"PK\x03\x04damaged", "damaged"),
            ("a.zip", zip_of({}), "no chapters here"),
            ("a.zip", zip_of({"a.png": b"x"}), "no chapters here"),
            ("a.zip", zip_of({"../../a.html": b"<h1>x</h1>"}), "no chapters here"),
            ("a.zip", zip_of({f"{n}.html": b"<h1>x</h1>" for n in range(301)}), "at most 300"),
            ("a.zip", zip_of({f"{n}.html": b"" for n in range(10_000)}), "10,000 files"),
            ("a.zip", zip_of({"a.html": bytes(30_000_000)}), "larger than 20"),
            ("a.zip", zip_of({f"{n}.html": bytes(9_000_000) for n in range(7)}), "larger than 50"),
            ("a.zip", zip_of({"a.html": b"<h1>x</h1>y", "outline.txt": b"# nothing"}), "outline has no lines"),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_words(self, manual, name, content, message):
        with pytest.raises(CannotImport, match=message):
            imported(manual, name=name, content=content)
        assert not manual.get_children().exists()

    def test_only_a_manual_takes_chapters(self, manual):
        with pytest.raises(NotInAManual):
            imported(manual.get_parent())

    def test_a_chapter_that_cannot_be_read_does_not_stop_the_others(self, manual):
        files = {"a.html": web_page("<h1>A</h1><p>x</p>"), "b.html": b"", "c.docx": b"no", "d.docm": zip_of({})}
        _, report = imported(manual, files)
        assert below(manual)[0] == "A"
        assert "“b.html” was not imported" in notes(report)
        assert "“d.docm” was not imported" in notes(report)

    def test_strange_files_are_read_or_refused_but_never_an_error(self, manual):
        files = {
            "deep.html": b"<html>" + b"<div>" * 5000,
            "nul.html": b"<h1>N\x00ul</h1><p>a\x00b \xed\xa0\x80 \xff</p>",
            "rtl.html": "<h1>سلامة الأطفال 👩‍👧</h1><p>x</p>".encode(),
            "long.html": f"<h1>{'long ' * 400}</h1><h2>{'longer ' * 400}</h2><p>x</p>".encode(),
            "numbers.html": b"<h1>1.2.3</h1><h2>4.</h2><h2>5</h2><p>x</p>",
            "untitled.html": b"<p>only words</p>",
            "links.html": b"<h1>L</h1><p><a href='http://[x'>a</a><a href='//x'>b</a><a href='?a=b'>c</a>"
            b"<a href='../../..'>d</a><a href='%00'>e</a><a href='page:1'>f</a><a href='JavaScript:x'>g</a></p>",
            "boxes.html": b"<table><tr><td></td></tr></table><aside></aside><div class=box><p class=box>x</p></div>",
            "odd\udce9.html".encode("utf-8", "replace").decode(): b"<h1>Odd</h1><p>x</p>",
        }
        _, report = imported(manual, files)
        assert ChapterPage.objects.count() == len(files) - 1, notes(report)
        assert "“deep.html” was not imported" in notes(report)
        assert "JavaScript" not in str(raw("L"))
        assert "linktype" not in str(raw("L"))

    def test_a_huge_table_is_kept_and_reported(self, manual):
        rows = "".join(f"<tr><td>{n}</td><td>{'words ' * 20}</td></tr>" for n in range(4000))
        table = f"<h1>T</h1><table border=1><tr><th>a</th><th>b</th></tr>{rows}</table>"
        _, report = imported(manual, {"t.html": web_page(table)})
        assert len(raw("T")[0]["value"]["body"][0]["value"]["rows"]) == 4000
        assert "4,000 rows" in notes(report)


class TestReport:
    def test_is_kept_and_grouped_by_chapter(self, manual):
        made, report = imported(manual, old_site="https://old.example/manual")
        kept = ManualImport.objects.get(pk=made.pk).read_report()
        assert kept.groups() == report.groups()
        groups = {group["group"]: dict(group["by_item"]) for group in kept.groups()}
        assert set(groups) == {"check", "left_out", "link", "guess", "redirect", "made"}
        assert "Early help" in groups["link"]
        assert kept.summary().startswith("3 parts, 6 chapters")


def test_forty_chapters_of_ten_pages_take_seconds(manual):
    body = "".join(
        f"<h2>{n}. Heading</h2><p>{'Some words of a chapter. ' * 60}<a href='{n}.html'>See</a></p><ul><li>a</li></ul>"
        for n in range(30)
    )
    files = {f"{n}.html": web_page(f"<h1>Chapter of {n}</h1>{body}") for n in range(40)}
    started = time.process_time()
    _, report = imported(manual, files)
    assert ChapterPage.objects.count() == 40
    assert report.counts["links"] == 40 * 30
    assert time.process_time() - started < float(os.environ.get("IMPORT_SECONDS", "30"))
