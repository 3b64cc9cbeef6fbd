"""The form in which an issue is written."""

from django import forms
from django.utils import timezone
from wagtail.blocks import StreamValue

from bulletins.assembling.meanwhile import NO_REVISION, Meanwhile, put_in_meanwhile
from bulletins.drafts import fields_of_issue, next_issue_date
from updates.forms import TrackedPageForm


class RevisionBegunWith(forms.IntegerField):
    """The revision that the editor was opened with. It stays the same when the form comes back with faults."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        """Return False: it is no part of the issue."""
        return False


class BulletinPageForm(TrackedPageForm):
    """Starts a new issue with what can be known: the next quarter, its label, the deadline and the usual contact.

    What was put into a draft while somebody had it open is kept; `instance.meanwhile` says what that was.
    """

    began_with = RevisionBegunWith(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["began_with"] = self.instance.latest_revision_id or NO_REVISION
        if self.instance.pk is None and self.parent_page is not None:
            for name, value in next_issue(self.parent_page).items():
                self.initial[name] = value

    def clean(self):
        """Add what was put in meanwhile at the end of the items."""
        cleaned_data = super().clean()
        self.instance.meanwhile = Meanwhile([], [])
        if self.instance.pk and "items" in cleaned_data:
            theirs = cleaned_data["items"]
            raw = [*theirs.get_prep_value()]
            found = put_in_meanwhile(self.instance, raw, began_with=cleaned_data.get("began_with"))
            cleaned_data["items"] = StreamValue(theirs.stream_block, [*raw, *found.items], is_lazy=True)
            self.instance.meanwhile = found
        return cleaned_data


def next_issue(archive) -> dict:
    """Return what the issue after the latest one in the archive starts with: {field name: value}."""
    fields = fields_of_issue(archive, next_issue_date(archive, on=timezone.localdate()))
    return fields | {"contact": fields["contact"] and fields["contact"].pk}
