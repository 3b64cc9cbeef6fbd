"""The form in which a file is uploaded, and replaced. Apart from forms.py, which models need before all are loaded."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm

from documents.storing import facts_of
from files.receiving import check_upload
from files.refusals import Refused, in_words
from updates.forms import CHOICES

ALLOWED = "PDF, Word, Excel, PowerPoint, OpenDocument, RTF, text or CSV. Not with macros or a password."


class DocumentForm(BaseDocumentForm):
    """A file of the library. A new file in the place of another makes a version; nothing is overwritten."""

    significance = forms.ChoiceField(
        label="Do people need to know what changed in the file?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        required=False,
        help_text="Only when you choose a new file. Resources that offer it then tell their readers by themselves.",
    )
    note = forms.CharField(
        label="What changed?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One or two plain sentences for the people who use the file.",
    )

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.user = user
        # Wagtail would delete the file that is replaced.
        self.original_file = None
        # Where several were uploaded at once, the form that follows has no place for another file.
        self.is_replacing = bool(self.instance.pk) and "file" in self.fields
        if not self.is_replacing:
            del self.fields["significance"], self.fields["note"]
        if "language" in self.fields:
            # Not asked while several files are being uploaded at once, but right afterwards.
            self.fields["language"].required = False
        # The question stands below the file that it is about.
        self.order_fields(["title", "file", "significance", "note"])
        if "file" in self.fields:
            self._say_what_is_taken(self.fields["file"])

    def _say_what_is_taken(self, field):
        """Say the largest size and the kinds in the words that the check uses, in the place of Wagtail's."""
        largest = in_words(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        field.help_text = f"{ALLOWED} {largest} at most."
        at_most = f"we take at most {largest}. Make it smaller, or split it."
        field.error_messages |= {
            "file_too_large": f"This file has %(file_size)s; {at_most}",
            # What the script says that uploads several at once.
            "file_too_large_unknown_size": f"This file is too large: {at_most}",
        }

    def clean_language(self):
        """Take what is most likely where nothing was said."""
        return self.cleaned_data["language"] or self.instance.language

    def clean_file(self):
        """Refuse what is not what its name says, may run, or cannot be opened by everybody."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        try:
            check_upload(file, name=file.name, most_bytes=settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
        except Refused as refused:
            raise ValidationError(str(refused)) from refused
        newest = self.instance.newest_version() if self.instance.pk else None
        if newest and newest.sha256 == facts_of(file).sha256:
            raise ValidationError(f"This is the very same file as version {newest.number}, so nothing would change.")
        return file

    def clean(self):
        """Ask for the answer to the question that goes with a new version."""
        cleaned = super().clean()
        if self.is_replacing and "file" in self.changed_data and "significance" in self.fields:
            if not cleaned.get("significance"):
                self.add_error("significance", "Choose whether people need to know what changed.")
            elif cleaned["significance"] == "major" and not cleaned.get("note", "").strip():
                self.add_error("note", "Say in one or two sentences what changed. People will read this.")
        return cleaned

    def save(self, commit=True):
        """Save it, and tell the model what was answered."""
        answered = {name: self.cleaned_data.get(name) for name in ("significance", "note")} if self.is_replacing else {}
        self.instance.new_version = {"by": self.user, **{name: text for name, text in answered.items() if text}}
        return super().save(commit)
