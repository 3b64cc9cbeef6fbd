"""Pictures that a file brings along go into the image library, checked like an upload."""

from dataclasses import dataclass, field

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField

from bulletins.importing.outline import Picture
from bulletins.importing.report import Report, quoted

MOST_PICTURES = 40
# By content; what the file says about itself is not believed.
KNOWN = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass
class Pictures:
    """Stores the pictures of one import; `undo` takes the files away again when the import fails."""

    name: str
    user: object
    report: Report
    stored: list = field(default_factory=list)

    def store(self, picture: Picture, heading: str) -> int | None:
        """Store a picture and return its key, or None (and say why in the report)."""
        what = quoted(picture.alt) if picture.alt else "without a description"
        if len(self.stored) >= MOST_PICTURES:
            self.report.left_out(f"Pictures beyond the first {MOST_PICTURES}.", heading)
            return None
        kind = filetype.guess(picture.data)
        if kind is None or kind.mime not in KNOWN:
            self.report.left_out(f"The picture {what} is of a kind that cannot be shown.", heading)
            return None
        number = len(self.stored) + 1
        content = ContentFile(picture.data, name=f"{self.name}-{number}.{KNOWN[kind.mime]}")
        try:
            WagtailImageField().clean(content)
        except ValidationError as error:
            self.report.left_out(f"The picture {what}: {' '.join(error.messages)}", heading)
            return None
        return self._save(content, picture.alt or f"Picture {number} of {self.name}", picture.alt)

    def undo(self) -> None:
        """Delete the files that were written; the rows go with the transaction."""
        for image in self.stored:
            image.file.storage.delete(image.file.name)
        self.stored.clear()

    def _save(self, content: ContentFile, title: str, description: str) -> int:
        content.seek(0)
        image = get_image_model()(title=title[:255], description=description[:255], uploaded_by_user=self.user)
        self.stored.append(image)
        image.file.save(content.name, content, save=False)
        image._set_image_file_metadata()
        image.save()
        return image.pk
