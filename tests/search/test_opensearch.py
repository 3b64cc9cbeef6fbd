"""Staff's own search on an OpenSearch server, by setting alone; readers' search does not ask it.

No such server can be installed where these tests run: a double of it answers what Wagtail's client asks, and nothing
about how well it finds is claimed.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings as django_settings
from django.db.models.signals import post_delete, post_save
from django.urls import reverse
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler

from home.models import InformationPage
from pages.models import BasePage
from tests.board_site.test_starting import PUBLIC, start
from tests.factories import add_home, add_information, make_manager


class Double(BaseHTTPRequestHandler):
    """Keeps documents by index, and finds those whose title holds a word that was asked for."""

    documents: dict = {}
    asked: list = []

    def _answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.asked.append(f"{self.command} {self.path}")
        path = self.path.split("?")[0].strip("/").split("/")
        status, answer = 200, {}
        if len(path) == 3 and path[1] == "_doc":
            self.documents[path[0], path[2]] = json.loads(body)
        elif path[-1] in ("_search", "_count"):
            hits = [
                {"_id": key, "_index": index, "_score": 1.0, "fields": {"pk": [document["pk"]]}}
                for (index, key), document in self.documents.items()
                if index == path[0] and self._holds(document, body)
            ]
            counted = {name: {"buckets": []} for name in json.loads(body or "{}").get("aggregations", {})}
            answer = {
                "count": len(hits),
                "hits": {"total": {"value": len(hits)}, "hits": hits},
                "aggregations": counted,
            }
        said = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    def _holds(self, document, body) -> bool:
        return any(f'"{word.lower()}"' in body.lower() for word in document.get("title", "").split())

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server(settings):
    Double.documents.clear()
    Double.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.WAGTAILSEARCH_BACKENDS = {
        "default": {
            "BACKEND": "wagtail.search.backends.opensearch2",
            "URLS": [f"http://127.0.0.1:{server.server_port}"],
            "INDEX_PREFIX": "board_",
            "TIMEOUT": 5,
        }
    }
    # Other tests go without it.
    post_save.connect(post_save_signal_handler, sender=InformationPage)
    post_delete.connect(post_delete_signal_handler, sender=InformationPage)
    yield server
    post_save.disconnect(post_save_signal_handler, sender=InformationPage)
    post_delete.disconnect(post_delete_signal_handler, sender=InformationPage)
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
class TestAServer:
    def test_is_told_of_pages_and_finds_them_for_staff_alone(self, server, client, django_capture_on_commit_callbacks):
        home = add_home()
        with django_capture_on_commit_callbacks(execute=True):
            page = add_information(home, title="About zebras")
        assert any(document["pk"] == str(page.pk) for document in Double.documents.values())
        assert {index for index, _ in Double.documents} == {"board_pages_basepage"}
        assert list(BasePage.objects.search("zebras")) == [page.basepage_ptr]
        client.force_login(make_manager())
        found = client.get(reverse("wagtailadmin_pages:search"), {"q": "zebras"})
        assert "About zebras" in found.content.decode()
        Double.asked.clear()
        assert "About <mark>zebras</mark>" in client.get("/search/", {"q": "zebra"}).content.decode()
        assert Double.asked == []

    def test_that_is_away_stops_nobody_from_publishing(self, server, client, django_capture_on_commit_callbacks):
        home = add_home()
        server.shutdown()
        server.server_close()
        with django_capture_on_commit_callbacks(execute=True):
            page = add_information(home, title="About zebras")
        assert client.get(page.url).status_code == 200
        assert "About <mark>zebras</mark>" in client.get("/search/", {"q": "zebra"}).content.decode()
        page.delete()


class TestTheSetting:
    def test_is_an_address_with_a_name_for_the_indexes(self, tmp_path):
        started = start(tmp_path, **PUBLIC, SEARCH_SERVER="https://staff:secret@search.example:9200/kent")
        assert started.returncode == 0, started.stderr

    @pytest.mark.parametrize("value", ["search.example", "ftp://search.example", "https://"])
    def test_is_refused_when_it_is_no_address(self, tmp_path, value):
        started = start(tmp_path, **PUBLIC, SEARCH_SERVER=value)
        assert "SEARCH_SERVER must be an address" in started.stderr

    def test_says_what_to_install(self, tmp_path):
        started = start(tmp_path, without="opensearchpy", **PUBLIC, SEARCH_SERVER="https://search.example:9200")
        assert "requirements-opensearch.txt" in started.stderr

    def test_is_the_database_without_it(self):
        assert django_settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"] == "wagtail.search.backends.database"
