"""What somebody may not edit they do not read either: no address of the admin gives away a draft of other people."""

import pytest
from django.contrib.auth import SESSION_KEY

from accounts.roles import LIBRARY_EDITORS, PROCEDURE_EDITORS
from tests.approval.reach import address_of, routes
from tests.approval.test_reach import values_of
from tests.approval.test_roles import home, site  # noqa: F401  (fixtures)
from tests.procedures.factories import add_chapter
from tests.roles import member
from tests.updates.factories import change

pytestmark = pytest.mark.django_db

# No word of the admin.
SECRET = "Zebrafish"
OF_A_PAGE = ("pk", "key", "page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id", "object_id")
TYPE = {"app_label": "procedures", "app_name": "procedures", "model_name": "chapterpage"} | {
    "content_type_app_name": "procedures",
    "content_type_model_name": "chapterpage",
}


@pytest.fixture(params=["changed", "new"])
def draft(request, site):  # noqa: F811
    """A public chapter with a draft that says more, or one that nobody has published."""
    fields = {"title": f"{SECRET} title", "search_description": f"{SECRET} summary"}
    if request.param == "new":
        chapter = add_chapter(site.manual, publish=False, **fields)
        chapter.save_revision()
        return chapter
    change(site.chapter, significance="minor", **fields)
    site.chapter.refresh_from_db()
    return site.chapter


def addresses(site, page) -> set[str]:  # noqa: F811
    """Return every address of the admin that can be about a page, and those of lists, searched and unsearched."""
    values = values_of(site) | dict.fromkeys(OF_A_PAGE, page.pk) | TYPE | {"revision_id": page.latest_revision_id}
    plain = {address_of(route, values) for route in routes()}
    plain |= {f"/admin/pages/{site.manual.pk}/", f"/admin/choose-page/{site.manual.pk}/"}
    return plain | {
        f"{address}{query}"
        for address in plain
        for query in ("?q=title", "?fields=*&limit=100", "?export=csv")
        if "choose" in address or "search" in address or "/api/" in address or "report" in address or "audit" in address
    }


def gives_away(client, address) -> bool:
    answer = client.get(address)
    assert SESSION_KEY in client.session, f"{address} signed somebody out."
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return SECRET.encode() in content


def test_an_editor_of_something_else_reads_nothing_of_a_draft(client, site, draft):  # noqa: F811
    client.force_login(member(LIBRARY_EDITORS))
    assert [address for address in sorted(addresses(site, draft)) if gives_away(client, address)] == []


def test_an_editor_of_it_does_at_the_same_addresses(client, site, draft):  # noqa: F811
    client.force_login(member(PROCEDURE_EDITORS))
    for part in ("edit/", "view_draft/", f"revisions/{draft.latest_revision_id}/view/"):
        assert gives_away(client, f"/admin/pages/{draft.pk}/{part}"), part
    if not draft.live:
        assert gives_away(client, f"/admin/choose-page/{site.manual.pk}/")
