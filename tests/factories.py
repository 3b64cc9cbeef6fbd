"""The objects that tests of several rooms need. A factory of one room's own lies in that room's tests."""

from datetime import date
from itertools import count
from uuid import uuid4

from django.core.cache import caches
from wagtail.models import Site

from accounts.models import User
from bulletins.models import BulletinIndexPage, BulletinPage
from home.models import HomePage, InformationPage
from organisation.models import Contact
from pages.models import BasePage
from tests.written_once import written_once

_numbers = count(1)


def add_page(parent, page, *, publish=True):
    """Add a page below another, and publish it unless told not to."""
    page.live = False
    parent.add_child(instance=page)
    if publish:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


@written_once
def add_home(**fields) -> HomePage:
    """Make the site's home page, in the place of the one that Wagtail's migrations make."""
    root = BasePage.get_first_root_node()
    for welcome in root.get_children():
        welcome.delete()
    home = add_page(root, HomePage(title="Keeping children safe", slug="home", **fields))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "port": 80, "root_page": home}
    )
    return home


@written_once
def add_archive(home, **fields) -> BulletinIndexPage:
    """Make the archive of bulletins."""
    return add_page(home, BulletinIndexPage(title="Bulletins", slug="bulletins", **fields))


def news(heading="News", body="<p>Something happened.</p>", kind="news", **fields) -> dict:
    """Return the raw form of an item."""
    return {
        "type": kind,
        "id": str(uuid4()),
        "value": {"heading": heading, "body": [{"type": "text", "id": str(uuid4()), "value": body}], **fields},
    }


def add_bulletin(archive, *, publish=True, items=None, **fields) -> BulletinPage:
    """Make an issue; each one is of a different quarter."""
    number = next(_numbers)
    issue_date = fields.pop("issue_date", date(1990 + number // 4, 3 * (number % 4) + 1, 1))
    values = {
        "title": f"Issue {number}",
        "slug": f"issue-{number}",
        "issue_date": issue_date,
        "quarter_label": f"Quarter {number}",
        "items": [news()] if items is None else items,
    } | fields
    return add_page(archive, BulletinPage(**values), publish=publish)


def add_information(home, *, publish=True, **fields) -> InformationPage:
    """Make an information page."""
    number = next(_numbers)
    return add_page(
        home, InformationPage(**({"title": f"Page {number}", "slug": f"page-{number}"} | fields)), publish=publish
    )


def make_contact(**fields) -> Contact:
    """Make an entry of the contacts directory."""
    number = next(_numbers)
    values = {"agency": "Council", "team": f"Team {number}", "phone": "01632 960123"} | fields
    return Contact.objects.create(**values)


def forget_stored_pages():
    """Forget stored pages only: what is known of the organisation stays, as between two requests of a busy site."""
    caches["pages"].clear()


def make_manager(email="manager@board.example", password="a long enough password") -> User:
    """Make a site manager."""
    return User.objects.create_superuser(email, password)
