"""Pictures that a file brings along go into the image library, checked like an upload."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from content.reading.outline import Picture
from content.reading.report import Report, quoted

MOST_PICTURES = 40
# What Pillow raises on damaged files.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, Image.DecompressionBombError)
# By content; what the file says about itself is not believed.
KNOWN = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass
class Pictures:
    """The pictures of one import: checked by `take`, stored by `save`, taken away again by `undo` if that fails."""

    user: object
    report: Report
    most: int = MOST_PICTURES
    taken: list[tuple[ContentFile, str]] = field(default_factory=list)
    stored: list = field(default_factory=list)

    def take(self, picture: Picture, heading: str) -> int | None:
        """Return the number of a picture that can be stored, or None (and say why in the report)."""
        what = quoted(picture.alt) if picture.alt else "without a description"
        if len(self.taken) >= self.most:
            self.report.left_out(f"Pictures beyond the first {self.most}.", heading)
            return None
        kind = filetype.guess(picture.data)
        if kind is None or kind.mime not in KNOWN:
            self.report.left_out(
                f"The picture {what} is of a kind that cannot be shown. Save it as PNG and add it by hand.", heading
            )
            return None
        number = len(self.taken) + 1
        content = ContentFile(picture.data, name=f"{number}.{KNOWN[kind.mime]}")
        if fault := _fault_of(content):
            self.report.left_out(f"The picture {what} {fault}", heading)
            return None
        self.taken.append((content, picture.alt))
        return number

    def save(self, items: list[dict], *, name: str) -> None:
        """Store what was taken, named after `name`, and put the keys of the images in the place of the numbers."""
        keys = {number: self._save(f"{name}-{number}", *taken) for number, taken in enumerate(self.taken, 1)}
        for value in _images_in(items):
            value["image"] = keys[value["image"]]

    def undo(self) -> None:
        """Delete the files that were written; the rows go with the transaction."""
        for image in self.stored:
            image.file.storage.delete(image.file.name)
        self.stored.clear()

    def _save(self, name: str, content: ContentFile, description: str) -> int:
        title = description or f"Picture {name}"
        content.seek(0)
        image = get_image_model()(title=title[:255], description=description[:255], uploaded_by_user=self.user)
        self.stored.append(image)
        image.file.save(f"{name}.{content.name.rpartition('.')[2]}", content, save=False)
        image._set_image_file_metadata()
        image.save()
        return image.pk


def _images_in(raw) -> Iterator[dict]:
    """Yield the values of the picture blocks in raw stream data, however deep they stand."""
    stack = [raw]
    while stack:
        found = stack.pop()
        if isinstance(found, dict) and found.get("type") == "image":
            yield found["value"]
        elif isinstance(found, dict):
            stack += found.values()
        elif isinstance(found, list):
            stack += found


def _fault_of(content: ContentFile) -> str:
    """Return what is wrong with a picture, or "": the checks of an upload, and whether all of it can be read."""
    try:
        WagtailImageField().clean(content)
        content.seek(0)
        with Image.open(content) as opened:
            opened.load()
    except ValidationError as error:
        return f"was refused: {' '.join(error.messages)}"
    except UNREADABLE:
        return "is damaged."
    return ""
