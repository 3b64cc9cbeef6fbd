"""The demonstration that tests begin with is the one that is built, whenever they ask for it."""

from datetime import date

import pytest
from django.db import transaction
from wagtail.models import Site

from documents.models import FileVersion
from tests.demonstration import have_demonstration
from tests.test_written_once import everything

pytestmark = pytest.mark.django_db


def test_has_the_very_rows_and_files_again(settings, tmp_path):
    found = []
    for folder in ("one", "two"):
        settings.MEDIA_ROOT = str(tmp_path / folder)
        with transaction.atomic():
            assert have_demonstration(today=date.today(), hostname="testserver", port=80)
            files = {version.file.name: version.file.read() for version in FileVersion.objects.all()}
            found.append((everything(), files))
            assert len(files) > 10
            assert not have_demonstration(today=date.today())
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_answers_to_the_name_that_is_asked_for():
    have_demonstration(today=date.today(), hostname="board.example", port=8001)
    assert Site.objects.get().root_url == "http://board.example:8001"
