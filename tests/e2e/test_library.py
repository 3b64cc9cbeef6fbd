"""A file goes through the library: uploaded, found, downloaded, replaced, told of and counted."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

import demo
from documents.checking import check_waiting
from documents.models import LibraryDocument, LibraryPage, ResourcePage
from tests.e2e.desk import Desk

FILES = Path(demo.__file__).parent / "files"
NOTE = "There is a new area: life online."
TITLE = "Care profile of the journey"
TO_PRINT, TO_TYPE_IN = "Care profile, to print", "Care profile, to type in"
# Not what a browser that is driven by a program calls itself: that is a robot, and not counted.
NO_ROBOT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def content(version: int, kind: str = "pdf") -> Path:
    """Return where a version of the graded care profile lies."""
    return FILES / f"graded-care-profile-assessment-tool-v{version}.{kind}"


@pytest.fixture
def desk(visit, manager):
    """The admin in a manager's browser."""
    desk = Desk(visit())
    desk.sign_in(manager.email)
    return desk


def check():
    """Check what waits, as the site does every few seconds."""
    assert check_waiting(clock=timezone.now) > 0


def upload_both(desk):
    """Upload the profile as Word and as PDF at once, and name them."""
    page = desk.page
    desk.visit.go("/admin/documents/multiple/add/")
    page.set_input_files("#fileupload", [content(1, "docx"), content(1)])
    for kind, title in (("docx", TO_TYPE_IN), ("pdf", TO_PRINT)):
        row = page.locator("#upload-list > li", has_text=f"tool-v1.{kind}")
        row.locator("[name$=-title]").fill(title)
        row.get_by_role("button", name="Update").click()
        row.wait_for(state="detached")


def publish_resource(desk):
    """Make a resource that offers both, and publish it."""
    page = desk.page
    desk.visit.go(f"/admin/pages/add/documents/resourcepage/{LibraryPage.objects.get().pk}/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=search_description]", "Eight areas of care.")
    page.select_option("[name=resource_type]", label="Tool")
    for number, title in enumerate((TO_TYPE_IN, TO_PRINT)):
        page.get_by_role("button", name="Add file").click()
        page.locator(f"#inline_child_files-{number}").get_by_role("button", name="Choose").click()
        page.locator(".modal-content").get_by_role("link", name=title).click()
        page.locator(f"#inline_child_files-{number}").get_by_text(title).wait_for()
    assert "created and published" in desk.publish()


def get(visit, path: str) -> bytes:
    """Return what a reader's browser is given there."""
    response = visit.context.request.get(f"{visit.address}{path}")
    assert response.status == 200
    return response.body()


def found_by_a_word_in_it(reader) -> str:
    """Find the page of the PDF on which words stand, and the resource by its name; return the address of the PDF."""
    page = reader.page
    reader.go("/")
    page.fill("#search", "august fits best")
    page.click("form[role=search] button")
    address, _, place = page.get_by_role("link", name=TO_PRINT).first.get_attribute("href").partition("#")
    assert place == "page=1"
    assert TITLE in page.inner_text("main")
    page.fill("#search", TITLE)
    page.click("form[role=search] button")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    assert page.inner_text("h1") == TITLE
    assert page.get_by_role("link", name=TO_PRINT).get_attribute("href") == address
    return address


def led_to_by_filters(reader):
    """See that the library's filters lead to the resource and away from it."""
    page = reader.page
    reader.go("/library/")
    page.locator(".filters").get_by_role("link", name="Tool").click()
    assert page.locator("#list").get_by_role("link", name=TITLE).is_visible()
    page.locator(".chips").get_by_role("link", name="Tool").click()
    page.locator(".filters").get_by_role("link", name="Leaflet").click()
    assert not page.locator("#list").get_by_role("link", name=TITLE).is_visible()


def replace_pdf(desk):
    """Put the second version in the place of the first, and tell people."""
    page = desk.page
    desk.visit.go(f"/admin/documents/edit/{LibraryDocument.objects.get(title=TO_PRINT).pk}/")
    page.set_input_files("[name=file]", content(2))
    page.click("button:has-text('Save')")
    page.wait_for_selector("text=Choose whether people need to know what changed.")
    page.set_input_files("[name=file]", content(2))
    page.get_by_label("Yes – tell people").check()
    page.fill("[name=note]", NOTE)
    page.click("button:has-text('Save')")
    page.wait_for_selector(".messages .success")


def old_version_says_so(reader):
    """Go from the resource to the version before: a notice comes first, then the file."""
    page = reader.page
    reader.go(ResourcePage.objects.get(title=TITLE).url)
    assert NOTE in page.inner_text("main")
    page.click("summary:has-text('Earlier versions')")
    page.get_by_role("link", name="Version 1", exact=True).click()
    assert page.is_visible("text=Version 1 is not the current one")
    old = page.get_by_role("link", name="version 1").get_attribute("href")
    assert get(reader, old) == content(1).read_bytes()
    assert "Version 1 is not the current one" in get(reader, old.partition("?")[0]).decode()


def test_a_file_is_found_by_its_words_and_replaced_and_readers_are_told(visit, desk, settings):
    # Half a second after a key the editor saves by itself, and is refused while something is still to be filled in.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 60_000
    upload_both(desk)
    publish_resource(desk)
    reader = visit(user_agent=NO_ROBOT)
    reader.go(ResourcePage.objects.get(title=TITLE).url)
    assert not reader.page.get_by_role("link", name=TO_PRINT).is_visible()
    check()
    led_to_by_filters(reader)
    address = found_by_a_word_in_it(reader)
    assert get(reader, address) == content(1).read_bytes()

    replace_pdf(desk)
    assert get(reader, address) == content(1).read_bytes()
    check()
    assert get(reader, address) == content(2).read_bytes()
    old_version_says_so(reader)
    reader.go("/")
    assert NOTE in reader.page.inner_text("main")

    call_command("count_downloads", verbosity=0)
    desk.visit.go("/admin/reports/downloads/")
    row = desk.page.locator("tbody tr", has_text=TO_PRINT)
    assert row.inner_text().split()[-1] == "4"
    assert desk.visit.complaints == reader.complaints == []
    assert desk.visit.requests_elsewhere == reader.requests_elsewhere == []


def test_filters_are_links_that_need_no_script(visit):
    reader = visit(javascript=False, width=320, height=640)
    page = reader.page
    reader.go("/library/")
    shown = page.locator("#list .library__title")
    everything = shown.count()
    page.click("summary:has-text('Filter the list')")
    line = page.locator(".filters__list li", has=page.get_by_role("link", name="Leaflet"))
    promised = int(line.locator(".muted").inner_text().split()[0])
    line.get_by_role("link").click()
    assert shown.count() == promised < everything
    assert all(kind.startswith("Leaflet") for kind in page.locator("#list .kicker").all_inner_texts())
    page.click(".chips a:has-text('Leaflet')")
    assert shown.count() == everything
