"""Pictures that staff upload: what cannot be shown is a message beside the field, never an error page."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model

from tests.factories import make_manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make_manager())
    return client


def picture(kind="PNG", size=(40, 30)) -> bytes:
    """Return a picture of one colour; however large it is, the file is small."""
    file = io.BytesIO()
    Picture.new("L" if kind == "JPEG" else "1", size).save(file, kind)
    return file.getvalue()


def stating_to_be(width, height) -> bytes:
    """Return a small PNG whose first bytes state another size."""
    header = b"IHDR" + struct.pack(">II", width, height) + bytes([1, 0, 0, 0, 0])
    whole = picture()
    return whole[:12] + header + struct.pack(">I", zlib.crc32(header)) + whole[33:]


def upload(staff, name, content, kind="image/png"):
    """Upload by the page for many pictures at once; return what it answers."""
    file = SimpleUploadedFile(name, content, content_type=kind)
    response = staff.post(
        reverse("wagtailimages:add_multiple"),
        {"title": name, "files[]": file},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    return response.json()


class TestAPicture:
    @pytest.mark.parametrize(
        ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("GIF", "a.gif"), ("WEBP", "a.webp")]
    )
    def test_of_a_known_kind_is_taken(self, staff, kind, name):
        assert upload(staff, name, picture(kind), f"image/{kind.lower()}")["success"] is True
        assert get_image_model().objects.count() == 1

    def test_of_25_megapixels_is_taken(self, staff):
        assert upload(staff, "large.png", picture(size=(5000, 5000)))["success"] is True

    # Pillow warns of the bomb as well, when it reads the size that the file states.
    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("bomb.png", picture(size=(5001, 5000))),
            ("bomb.png", picture(size=(11000, 11000))),
            ("giant.png", stating_to_be(20_000, 20_000)),
            ("cut.png", picture(size=(900, 900))[:90]),
            ("cut.jpg", picture("JPEG", (900, 900))[:600]),
            ("empty.png", b""),
            ("page.png", b"<html><script>alert(1)</script></html>"),
            ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
            ("no-ending", picture()),
            ("wrong.png.exe", picture()),
            ("other-kind.jpg", picture("PNG")),
        ],
        ids=[
            "just too large",
            "bomb",
            "giant",
            "cut png",
            "cut jpg",
            "empty",
            "html",
            "svg",
            "no ending",
            "exe",
            "other kind",
        ],
    )
    def test_that_cannot_be_shown_is_refused_in_words(self, staff, name, content):
        answer = upload(staff, name, content)
        assert answer["success"] is False, answer
        assert answer["error_message"]
        assert get_image_model().objects.count() == 0

    def test_that_is_a_bomb_is_refused_before_it_is_unpacked(self, staff, monkeypatch):
        monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("unpacked"))
        assert "pixels" in upload(staff, "bomb.png", picture(size=(9000, 9000)))["error_message"]

    def test_can_be_given_another_title_without_its_file(self, staff):
        number = upload(staff, "a.png", picture())["image_id"]
        address = reverse("wagtailimages:edit_multiple", args=[number])
        data = {f"image-{number}-title": "New title", f"image-{number}-description": "", f"image-{number}-tags": ""}
        answer = staff.post(address, data, headers={"x-requested-with": "XMLHttpRequest"})
        assert answer.json()["success"] is True
        assert get_image_model().objects.get(pk=number).title == "New title"

    @pytest.mark.parametrize("content", [picture(size=(5001, 5000)), picture(size=(900, 900))[:90], b"<html></html>"])
    def test_is_refused_by_the_form_for_one_picture_too(self, staff, content):
        file = SimpleUploadedFile("a.png", content, content_type="image/png")
        response = staff.post(reverse("wagtailimages:add"), {"title": "A", "file": file})
        assert response.status_code == 200
        assert response.context["form"].errors["file"]
