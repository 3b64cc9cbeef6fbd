"""What a picture has to be before it is kept."""

from django.core.exceptions import ValidationError
from PIL import Image as Picture
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# Content is sorted by topics, a picture is described where it is used, and none is cropped.
NOT_ASKED = ("tags", "description", *(f"focal_point_{part}" for part in ("x", "y", "width", "height")))
FOR_STAFF = "For staff, to find it again. Readers get the description that you give where you put it into a text."
DAMAGED = "This picture is damaged or not complete. Open it on your computer, save it again, and upload that."


class WholePictureField(WagtailImageField):
    """Takes a picture only if it has been read to its end, and reads it only if it is not too large for that.

    Wagtail unpacks a picture before it looks at its size, so that a small file can ask for a gigabyte of memory; and a
    picture cut off by a bad connection is an error page.
    """

    def check_image_pixel_size(self, f):
        """Look at the size that the file states, then at the rest. Raises ValidationError."""
        self._check_stated_size(f)
        try:
            super().check_image_pixel_size(f)
        except ValidationError:
            raise
        except Exception as error:  # Readers of broken files raise whatever they stumble over.
            raise ValidationError(DAMAGED, code="damaged") from error

    def _check_stated_size(self, f):
        try:
            with Picture.open(f) as picture:
                pixels = picture.width * picture.height
        except Picture.DecompressionBombError:
            pixels = "hundreds of millions of"
        except Exception as error:
            raise ValidationError(DAMAGED, code="damaged") from error
        finally:
            f.seek(0)
        if isinstance(pixels, str) or pixels > self.max_image_pixels:
            message = self.error_messages["file_too_many_pixels"]
            numbers = {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(message % numbers, code="file_too_many_pixels")


class WholePictureForm(BaseImageForm):
    """Wagtail's form for pictures, with the field above; see WAGTAILIMAGES_IMAGE_FORM_BASE in the settings."""

    class Meta(BaseImageForm.Meta):
        help_texts = {"title": FOR_STAFF}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED:
            self.fields.pop(name, None)
        # Not declared on the class, because Wagtail leaves the field out where a picture's file stays as it is.
        if given := self.fields.get("file"):
            self.fields["file"] = WholePictureField(
                label=given.label, required=given.required, help_text=given.help_text, widget=given.widget
            )
