"""Staff search among the files of the library."""

import pytest
from wagtail.search.index import insert_or_update_object

from tests.documents.factories import make_document


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/documents/", "/admin/documents/chooser/results/"])
def test_a_search_for_files_finds_what_is_not_removed(admin_client, settings, address):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    kept, removed = make_document(title="Needle here"), make_document(title="Needle gone")
    # By itself only outside of tests, which keep no index.
    for document in (kept, removed):
        insert_or_update_object(document)
    type(removed).with_removed.filter(pk=removed.pk).update(removed_at=removed.created_at)
    html = admin_client.get(address, {"q": "needle"}).content.decode()
    assert "Needle here" in html
    assert "Needle gone" not in html
