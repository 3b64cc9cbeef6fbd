"""The form in which an issue is written."""

from django.apps import apps
from django.utils import timezone

from bulletins.quarters import add_months, deadline_for, label_for, quarter_of
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
    settings = apps.get_model("bulletins.BulletinSettings").for_site(archive.get_site())
    latest = apps.get_model("bulletins.BulletinPage").objects.child_of(archive).newest_first().first()
    this_quarter = quarter_of(timezone.localdate(), first_month=settings.first_month)
    issue_date = add_months(latest.issue_date, 3) if latest else this_quarter
    return {
        "title": f"{label_for(issue_date)} bulletin",
        "slug": label_for(issue_date).lower().replace(" ", "-"),
        "quarter_label": label_for(issue_date),
        "issue_date": issue_date,
        "next_deadline": deadline_for(issue_date, weekday=settings.deadline_weekday),
        "contact": settings.contact_id,
    }
