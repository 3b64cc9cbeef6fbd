"""What a meeting and a review have in common."""

from datetime import date

from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.contrib.routable_page.models import path

from content.fetching import fetched_together, rendered
from updates.history import KeepsHistory
from updates.models import TrackedPage


class BoardRecord(KeepsHistory, TrackedPage):
    """A record of the board's business: of a day, below the board's page, with the records before and after it."""

    # Name of the field with the day that lists go by.
    day_field = ""
    # The heading under which pages of this type stand where a topic's pages are gathered, and which stand first there.
    gathered_under = ""
    gathered_first = None

    class Meta:
        abstract = True

    @property
    def day(self) -> date:
        """The day that lists go by."""
        return getattr(self, self.day_field)

    def board(self):
        """Return the board's page above; None for a page without one."""
        return next(iter(reversed(self.trail())), None)

    def neighbours(self) -> dict:
        """Return the records `before` and `after` this one that readers may see: two queries."""
        others = type(self).objects.sibling_of(self, inclusive=False).visible()
        return {"before": others.before(self).first(), "after": others.after(self).first()}

    def day_shown(self) -> date:
        """Return the day on which the page is looked at: today, or the last one of an old edition."""
        ended = self.shown_edition.superseded_at if self.is_past and self.shown_edition else None
        return timezone.localdate(ended) if ended else timezone.localdate()

    def get_context(self, request, *args, **kwargs):
        """Add the board's page, and the records before and after; an old edition has none."""
        around = {} if self.is_past or self.withdrawn_as else self.neighbours()
        return super().get_context(request, *args, **kwargs) | {"board": self.board()} | around

    @path("", name="index")
    def index_view(self, request):
        """Answer the page as it is now."""
        with fetched_together(self):
            return rendered(TemplateResponse(request, self.get_template(request), self.get_context(request)))
