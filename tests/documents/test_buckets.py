"""Files in an S3-compatible store, spoken to over its own protocol: a server on this machine stands in for it."""

import os

import boto3
import pytest
from django.core.files.storage import storages
from django.test import Client
from moto.server import ThreadedMotoServer

from documents.checking import check_waiting
from documents.models import LibraryDocument, ResourcePage
from tests.documents.factories import add_library, add_resource, replace_file, text_file
from tests.documents.test_checking import Clock
from tests.factories import add_home

pytestmark = pytest.mark.django_db
BUCKET = "board-files"
ACCESS = {"access_key": "nobody", "secret_key": "nothing", "region_name": "eu-west-2"}


@pytest.fixture(scope="module")
def server():
    """A store in memory. It counts the bytes of answers, so that a test can tell what was fetched."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="eu-west-2",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
    )
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield address
    server.stop()


@pytest.fixture
def bucket(settings, server):
    """Let the site keep its files there."""
    options = {"bucket_name": BUCKET, "endpoint_url": server, "querystring_auth": False, "file_overwrite": False}
    backend = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options | ACCESS}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    return storages["default"].bucket


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def document(bucket):
    document = LibraryDocument.objects.create(title="Notes", file=text_file("0123456789", "Ten digits.txt"))
    add_resource(add_library(add_home()), document)
    assert check_waiting(clock=Clock()) == 1
    return LibraryDocument.objects.visible().get()


class TestAFileInABucket:
    def test_is_not_on_this_machine(self, document, settings):
        with pytest.raises(NotImplementedError):
            assert document.file.path
        assert not os.path.exists(settings.MEDIA_ROOT)

    def test_is_checked_and_given_out(self, client, document):
        answer = client.get(document.url)
        assert body(answer) == b"0123456789"
        assert (answer["Content-Length"], answer["Content-Type"]) == ("10", "text/plain")

    def test_can_be_had_in_part_and_asked_about(self, client, document):
        part = client.get(document.url, headers={"range": "bytes=2-4"})
        assert (part.status_code, body(part)) == (206, b"234")
        head = client.head(document.url)
        assert (head["Content-Length"], head.content) == ("10", b"")
        assert client.get(document.url, headers={"if-none-match": head["ETag"]}).status_code == 304

    def test_keeps_its_versions(self, client, document):
        version = replace_file(document, words="New", name="Ten digits.txt")
        assert body(client.get(document.url)) == b"New"
        assert body(client.get(f"/documents/{document.pk}/versions/1/Ten digits.txt?superseded")) == b"0123456789"
        assert version.file.name != document.file.name

    def test_is_nobodys_when_no_page_offers_it(self, document):
        ResourcePage.objects.get().unpublish()
        assert Client().get(document.url).status_code == 404

    def test_that_the_bucket_has_lost_is_not_found(self, client, document, bucket):
        bucket.Object(document.file.name).delete()
        assert client.get(document.url).status_code == 404

    def test_goes_with_its_document(self, bucket, django_capture_on_commit_callbacks):
        document = LibraryDocument.objects.create(title="Notes", file=text_file("x"))
        assert storages["default"].exists(document.file.name)
        name = document.file.name
        with django_capture_on_commit_callbacks(execute=True):
            document.delete()
        assert not storages["default"].exists(name)
