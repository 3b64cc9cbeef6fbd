"""Pages, answers and forms for tests of editions."""

from itertools import count

from accounts.models import User
from pages.models import BasePage
from tests.pagetypes.models import LeafletPage, PlainPage

_numbers = count(1)


def make_root() -> BasePage:
    """Return the root of the page tree; the test database has one from Wagtail's migrations, or gets one."""
    return BasePage.get_first_root_node() or BasePage.add_root(title="Root", slug="root")


def make_manager(**fields) -> User:
    """Return a new member of staff who may do everything."""
    return User.objects.create_superuser(f"manager{next(_numbers)}@board.example", "long enough a word", **fields)


def make_chapter(parent=None, *, published=False, model=LeafletPage, **fields):
    """Return a new page below `parent` (the root): a draft, or public as edition 1."""
    title = fields.pop("title", f"Chapter {next(_numbers)}")
    page = (parent or make_root()).add_child(instance=model(title=title, live=False, **fields))
    revision = page.save_revision()
    if published:
        revision.publish()
        page.refresh_from_db()
    return page


def make_plain(parent=None, **fields) -> PlainPage:
    """Return a new page that is not tracked."""
    return make_chapter(parent, model=PlainPage, **fields)


def change(page, *, significance="", note="", **fields):
    """Save a draft of the page with other content and an answer, and return its revision."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.change_significance = significance
    draft.change_note = note
    return draft.save_revision()


def form_data(page, **fields) -> dict:
    """Return what the editing screen sends for this page as its latest draft stands, with some fields changed."""
    draft = page.get_latest_revision_as_object() if page.pk else page
    return {
        "title": draft.title,
        "slug": draft.slug,
        "search_description": draft.search_description,
        "seo_title": "",
        "body": "null",
        "scope": draft.scope,
        "sections-count": "0",
        "steps-TOTAL_FORMS": "0",
        "steps-INITIAL_FORMS": "0",
        "steps-MIN_NUM_FORMS": "0",
        "steps-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
        **fields,
    }
