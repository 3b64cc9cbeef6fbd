"""A member of staff imports the April 2017 bulletin, reads the report, publishes it; a reader misses no word of it."""

import re
from pathlib import Path

import pytest

from bulletins.models import BulletinPage
from tests.e2e.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT.parent / "shared" / "data" / "bulletin-2017-04.txt"


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, without what only sets them: bullets, quotes, case, spaces."""
    return re.findall(r"[a-z0-9]+", text.replace("’", "'").replace("'", "").lower())


@pytest.mark.skipif(not SOURCE.exists(), reason="needs the April 2017 bulletin in ../shared/data")
def test_every_word_of_a_bulletin_reaches_the_reader(visit, manager):
    desk = Desk(visit())
    desk.sign_in(manager.email)
    desk.page.click("nav >> text=Import a bulletin")
    desk.page.set_input_files("input[type=file]", SOURCE)
    desk.page.click("button:has-text('Make a draft')")
    desk.page.wait_for_url("**/admin/bulletins/import/*/")
    assert "guess" in desk.page.inner_text("main").lower()

    desk.page.click("text=Open the draft")
    desk.page.wait_for_url("**/edit/")
    assert desk.page.input_value("[name=quarter_label]") == "April 2017"
    issue = BulletinPage.objects.get(quarter_label="April 2017")
    assert not issue.live
    assert "has been published" in desk.publish()

    reader = visit(width=320, height=640)
    issue.refresh_from_db()
    assert reader.go(issue.url).status == 200
    shown = set(words_of(reader.page.inner_text("main")))
    assert [word for word in words_of(SOURCE.read_text()) if word not in shown] == []
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    for kind in ("mailto:", "tel:"):
        assert reader.page.locator(f"main a[href^='{kind}']").count() > 0
    assert reader.complaints == []
