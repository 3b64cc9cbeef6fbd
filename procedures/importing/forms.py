"""The form on which staff give a manual to import."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from content.reading.refusals import CannotImport
from pages.models import BasePage
from procedures.importing.files import MOST_BYTES, MOST_CHAPTERS
from procedures.importing.outline_file import MOST_BYTES as MOST_OUTLINE
from procedures.importing.redirects import checked_site


class ImportManualForm(forms.Form):
    """Chapters, an outline, and where they belong."""

    file = forms.FileField(
        label="Chapters",
        help_text=f"A zip file of web pages (.html), Word documents (.docx) and their pictures, up to {MOST_CHAPTERS} "
        "chapters and 50 MB; or a single chapter.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,.html,.htm,.docx,.txt"}),
    )
    outline = forms.FileField(
        required=False,
        label="Outline",
        help_text="A text file with one line for each part and chapter: its number, a tab, its title. It sets order "
        "and parts. Not needed where a file outline.txt is in the zip file.",
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.csv,.tsv,text/plain,text/csv"}),
    )
    parent = forms.ModelChoiceField(
        BasePage.objects.none(),
        label="Where do they belong?",
        empty_label=None,
        help_text="The manual, or a part of it.",
        # Titles of parts are long; without this the list is wider than a phone.
        widget=forms.Select(attrs={"class": "w-w-full"}),
    )
    old_site = forms.CharField(
        required=False,
        max_length=200,
        label="Where did they stand before?",
        help_text="The address of the folder, such as https://procedures.example/manual/. Links and old addresses are "
        "then led to the new chapters.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    again = forms.BooleanField(
        required=False,
        label="Make second drafts of chapters that are there already",
        help_text="Otherwise a chapter of the same title in the same place is left alone.",
    )

    def __init__(self, *args, parents: list[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        field.queryset = BasePage.objects.filter(pk__in=[key for key, _ in parents])
        field.choices = parents

    def clean_file(self):
        """Refuse a file that is too large before it is read."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MOST_BYTES:
            raise ValidationError(f"This is more than {filesizeformat(MOST_BYTES)}. Import the manual part by part.")
        return uploaded

    def clean_outline(self):
        """Refuse an outline that cannot be one."""
        uploaded = self.cleaned_data["outline"]
        if uploaded and uploaded.size > MOST_OUTLINE:
            raise ValidationError("This is far longer than the outline of a manual. Is it the right file?")
        return uploaded

    def clean_old_site(self):
        """Insist on a web address."""
        try:
            return checked_site(self.cleaned_data["old_site"])
        except CannotImport as error:
            raise ValidationError(str(error)) from None
