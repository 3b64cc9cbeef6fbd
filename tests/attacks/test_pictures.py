"""Pictures of odd shapes."""

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.images.models import Image

from content.fetching import PICTURE_SIZES
from tests.factories import add_home, add_information

pytestmark = pytest.mark.django_db


def add_picture(width: int, height: int) -> Image:
    """Put a white picture of this size into the library."""
    file = ContentFile(b"", name="picture.png")
    Picture.new("1", (width, height), 1).save(file, "PNG")
    return Image.objects.create(title="Picture", file=file, width=width, height=height)


class TestAPictureOfALongPage:
    @pytest.mark.parametrize(("width", "height"), [(40, 17_000), (1, 20_000), (17_000, 1)])
    def test_is_shown(self, client, width, height):
        """Before: 500 for every reader, because WebP ends at 16,383 pixels."""
        value = {"image": add_picture(width, height).pk, "alt_text": "A list", "decorative": False, "caption": ""}
        page = add_information(add_home(), body=[{"type": "image", "value": value}])
        response = client.get(page.url)
        assert response.status_code == 200
        assert b'alt="A list"' in response.content

    def test_is_fetched_in_the_sizes_in_which_it_is_shown(self, client):
        value = {"image": add_picture(900, 600).pk, "alt_text": "A list", "decorative": False, "caption": ""}
        page = add_information(add_home(), body=[{"type": "image", "value": value}])
        client.get(page.url)
        assert set(Image.objects.get().renditions.values_list("filter_spec", flat=True)) == set(PICTURE_SIZES)
