"""The form of a topic or an audience: its name changes freely, its word in addresses only when that is asked for."""

from django import forms
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from explorer.terms.uses import pages_with_pieces
from organisation.forms import RefusesToOverwrite
from pages.models import Topic


class TermForm(RefusesToOverwrite):
    """Keeps the slug unless somebody asks for another, and never lets pieces of pages lose their topic.

    What somebody else saved meanwhile is not overwritten without a word.
    """

    change_address = forms.BooleanField(
        required=False,
        label="Yes, change this word",
        help_text="Links, bookmarks and feeds that have the old word no longer find what they were made for. Only tick "
        "this when the word is wrong; a new name needs no new word.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Made from the name where nothing is written.
        self.fields["slug"].required = False
        if not self.instance.pk:
            del self.fields["change_address"]

    def clean_name(self):
        """Refuse a name that differs from another by capitals or spaces alone: readers would see both."""
        name = " ".join(self.cleaned_data["name"].split())
        same = self._others().filter(name__iexact=name).first()
        if same:
            raise forms.ValidationError(f"There is already “{same}”.")
        return name

    def clean_slug(self):
        """Make it from the name, or keep it, where nothing is written."""
        slug = self.cleaned_data["slug"] or self.instance.slug or slugify(self.cleaned_data.get("name", ""))
        if not slug and "name" in self.cleaned_data:
            raise forms.ValidationError("Write a word of letters and digits: none can be made from this name.")
        if self._others().filter(slug=slug).exists():
            raise forms.ValidationError(f"“{slug}” is taken. Write another word.")
        return slug

    def clean(self):
        """Ask before the word in addresses changes."""
        cleaned = super().clean()
        before, after = self.initial.get("slug"), cleaned.get("slug")
        if not self.instance.pk or not after or before == after:
            return cleaned
        if isinstance(self.instance, Topic) and (pages := pages_with_pieces(Topic.objects.get(pk=self.instance.pk))):
            named = ", ".join(f"“{page}”" for page in pages[:3]) + (" and others" if len(pages) > 3 else "")
            self.add_error(
                "slug",
                f"It cannot change from “{before}”: single items keep it by this word, on {named}.",
            )
        elif not cleaned.get("change_address"):
            self.add_error("change_address", f"Not saved yet. It is “{before}” now and would be “{after}”. Tick this.")
        return cleaned

    def _others(self):
        return type(self.instance).objects.exclude(pk=self.instance.pk)


def form_for(*, name_help: str) -> ObjectList:
    """Return the panels of a topic or an audience."""
    return ObjectList(
        [
            FieldPanel("name", help_text=name_help),
            FieldPanel("description", help_text="What belongs here and what does not. Only staff see it."),
            MultiFieldPanel(
                [
                    FieldPanel(
                        "slug",
                        heading="Word in addresses",
                        help_text="Stands in the addresses of filtered lists and feeds. Leave it empty for a new one: "
                        "it is made from the name, and stays when the name changes.",
                    ),
                    FieldPanel("change_address"),
                ],
                heading="Address",
            ),
        ],
        base_form_class=TermForm,
    )
