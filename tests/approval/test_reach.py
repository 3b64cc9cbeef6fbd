"""What a role cannot do it cannot reach by address either: every address of the admin, for every role."""

import os

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Task, Workflow

from accounts.roles import (
    BULLETIN_APPROVERS,
    BULLETIN_EDITORS,
    LIBRARY_APPROVERS,
    LIBRARY_EDITORS,
    PROCEDURE_APPROVERS,
    PROCEDURE_EDITORS,
    SITE_MANAGERS,
)
from alerts.models import Message
from content.models import GlossaryTerm
from pages.models import Audience, Topic
from search.models import EmergencyPhrase, PromotedAnswer, SameWords, WordsInHand
from tests.approval.reach import HEADER, TABLE, address_of, answers, routes, signed_in
from tests.approval.test_roles import home, site  # noqa: F401  (fixtures)
from tests.documents.factories import make_document
from tests.enquiries.factories import make_closed, make_staff
from tests.factories import make_contact
from tests.links.factories import make_broken
from tests.roles import member

pytestmark = pytest.mark.django_db

LETTERS = {
    "b": BULLETIN_EDITORS,
    "B": BULLETIN_APPROVERS,
    "p": PROCEDURE_EDITORS,
    "P": PROCEDURE_APPROVERS,
    "l": LIBRARY_EDITORS,
    "L": LIBRARY_APPROVERS,
    "M": SITE_MANAGERS,
}


# Whose number is that of a page.
OF_PAGES = ("pages", "bundles/put", "approval", "review-dates", "drafts")
# Nothing has this number, in whatever database.
NONE = 999_999_999


def numbers(site) -> dict[str, int]:  # noqa: F811
    """Return {beginning of a route: the key of a row that is there}, so that it is the right that is asked for."""
    contact = make_contact()
    rows = {
        "alert-messages": Message.objects.first(),
        "suggested-amendments": make_closed(days_ago=1),
        "snippets/content/glossaryterm": GlossaryTerm.objects.create(term="Neglect", definition="Not enough."),
        "snippets/organisation/contact": contact,
        "snippets/search/promotedanswer": PromotedAnswer.objects.create(phrases="a", title="A", address="/a/"),
        "snippets/search/samewords": SameWords.objects.first(),
        "snippets/search/emergencyphrase": EmergencyPhrase.objects.first(),
        "searches/nothing-found": WordsInHand.objects.create(words="marf", since=timezone.now()),
        "topics": Topic.objects.create(name="Neglect", slug="neglect"),
        "audiences": Audience.objects.create(name="Schools", slug="schools"),
        "workflows/tasks": Task.objects.first(),
        "workflows": Workflow.objects.first(),
        "users": member(),
        "groups": Group.objects.first(),
        "collections": Collection.objects.create(path="00010001", depth=2, name="Private"),
        "redirects": Redirect.objects.create(old_path="/a", redirect_link="/b"),
        "documents": make_document(),
        "reports/links": make_broken(contact=contact),
    }
    rows |= dict.fromkeys(OF_PAGES, site.information)
    return {f"admin/{route}": row.pk for route, row in rows.items()}


def values_of(site) -> dict:  # noqa: F811
    """Return what stands in the place of the parts of an address."""
    page = site.information
    names = ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id", "object_id")
    return dict.fromkeys(names, page.pk) | {
        "app_label": "home",
        "model_name": "informationpage",
        "app_name": "home",
        "content_type_app_name": "home",
        "content_type_model_name": "informationpage",
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "number": 1,
    }


def who_reaches(address: str, people: dict[str, Client]) -> str:
    """Return the letters of those who get something at an address: {letter: the browser they have signed in with}.

    Whoever may open the admin may what nobody needs a right for, and site managers may what any other role may: where
    the one is let in or the other is not, the rest need not be asked.
    """
    if answers(people["S"], address):
        return "".join(people)
    if not answers(people["M"], address):
        return ""
    return "".join(letter for letter, client in people.items() if letter not in "MS" and answers(client, address)) + "M"


def test_each_role_reaches_what_the_table_says(site):  # noqa: F811
    users = {letter: member(role) for letter, role in LETTERS.items()} | {"S": make_staff()}
    people = {letter: signed_in(user) for letter, user in users.items()}
    values, known = values_of(site), numbers(site)

    def address(route) -> str:
        key = next((known[start] for start in sorted(known, key=len, reverse=True) if route.startswith(start)), NONE)
        names = ("pk", "key", "document_id", "redirect_id", "collection_id", "image_id", "link_id")
        return address_of(route, dict.fromkeys(names, key) | values)

    found = {route: who_reaches(address(route), people) for route in sorted(set(routes()))}
    table = HEADER + "".join(f"{route} {letters or '-'}\n" for route, letters in found.items())
    if os.environ.get("WRITE_REACH"):
        TABLE.write_text(table)
    assert table == TABLE.read_text()
