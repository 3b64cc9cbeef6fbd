"""The form in which an issue is written."""

from django.utils import timezone

from bulletins.drafts import fields_of_issue, next_issue_date
from updates.forms import TrackedPageForm


class BulletinPageForm(TrackedPageForm):
    """Starts a new issue with what can be known: the next quarter, its label, the deadline and the usual contact."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page is not None:
            for name, value in next_issue(self.parent_page).items():
                self.initial[name] = value


def next_issue(archive) -> dict:
    """Return what the issue after the latest one in the archive starts with: {field name: value}."""
    fields = fields_of_issue(archive, next_issue_date(archive, on=timezone.localdate()))
    return fields | {"contact": fields["contact"] and fields["contact"].pk}
