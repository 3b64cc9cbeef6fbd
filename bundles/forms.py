"""The forms of bundles."""

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput, AdminPageChooser

from bundles.models import Bundle, State
from pages.models import BasePage
from updates.forms import CHOICES
from updates.models import Significance


class BundleForm(forms.ModelForm):
    """What it is about, and when it is published."""

    class Meta:
        model = Bundle
        fields = ["title", "go_live_at"]
        widgets = {"go_live_at": AdminDateTimeInput}


class PageForm(forms.Form):
    """A page to put in."""

    page = forms.ModelChoiceField(BasePage.objects.filter(depth__gt=1), widget=AdminPageChooser(), label="Page")


class AnswerForm(forms.Form):
    """What the editor asks when a page is published alone: whether people need to know, and what they are told."""

    significance = forms.ChoiceField(
        label="Do people need to know what changed?", choices=CHOICES, widget=forms.RadioSelect
    )
    note = forms.CharField(label="What changed?", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self):
        """Insist on a note where people are told."""
        cleaned = super().clean()
        if cleaned.get("significance") == Significance.MAJOR and not cleaned.get("note"):
            self.add_error("note", "Say in one or two sentences what changed. People will read this.")
        return cleaned


class PutIntoForm(forms.Form):
    """Which bundle a page is put into: one that is being put together, or a new one."""

    bundle = forms.ModelChoiceField(Bundle.objects.none(), required=False, empty_label="A new one", label="Bundle")
    title = forms.CharField(max_length=120, required=False, label="What is the new one about?")

    def __init__(self, *args, bundles, **kwargs):
        super().__init__(*args, **kwargs)
        mine = [bundle.pk for bundle in bundles if bundle.state == State.OPEN]
        self.fields["bundle"].queryset = Bundle.objects.filter(pk__in=mine)

    def clean(self):
        """Insist on one of the two."""
        cleaned = super().clean()
        if not cleaned.get("bundle") and not (cleaned.get("title") or "").strip():
            self.add_error("title", "Choose a bundle, or say what the new one is about.")
        return cleaned
