"""The form on which staff give a bulletin to import."""

from django import forms
from django.core.exceptions import ValidationError

from bulletins.models import BulletinIndexPage
from content.reading.refusals import CannotImport
from content.reading.sources import most_bytes, refuse_size


class ImportForm(forms.Form):
    """A file or pasted text, and the archive where there is more than one."""

    file = forms.FileField(
        required=False,
        label="File",
        help_text="A Word document (.docx, up to 20 MB), a web page (.html) or plain text (.txt, both up to 5 MB).",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.txt,.text,.md,.html,.htm,text/plain,text/html"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste the text",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Everything, from the title to the last line. Leave it empty when you have chosen a file.",
    )
    title = forms.CharField(
        required=False,
        max_length=200,
        label="Title",
        help_text="Leave it empty to use the title in the file, or else one such as “April 2017 bulletin”.",
    )
    archive = forms.ModelChoiceField(BulletinIndexPage.objects.none(), label="Where does it belong?", empty_label=None)
    again = forms.BooleanField(required=False, label="Import it again", help_text="This makes a second draft.")

    def __init__(self, *args, archives: list[BulletinIndexPage], asks_again: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["archive"].queryset = BulletinIndexPage.objects.filter(pk__in=[page.pk for page in archives])
        self.initial.setdefault("archive", archives[0].pk)
        if len(archives) == 1:
            self.fields["archive"].widget = forms.HiddenInput()
        if not asks_again:
            self.fields["again"].widget = forms.HiddenInput()

    def clean_file(self):
        """Refuse a file that is too large before it is read."""
        if uploaded := self.cleaned_data["file"]:
            try:
                refuse_size(uploaded.size, what="a bulletin", most=most_bytes(uploaded.name))
            except CannotImport as error:
                raise ValidationError(str(error)) from None
        return uploaded

    def clean(self):
        """Insist on a file or a text, not both."""
        cleaned = super().clean()
        has_text = bool((cleaned.get("text") or "").strip())
        if "file" not in self.errors and bool(cleaned.get("file")) == has_text:
            message = (
                "Choose a file or paste the text: one of the two." if has_text else "Choose a file or paste the text."
            )
            raise ValidationError(message)
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """Return the content to import, and the name of its file ("" for pasted text)."""
        if uploaded := self.cleaned_data["file"]:
            return uploaded.read(), uploaded.name
        return self.cleaned_data["text"].encode(), ""
