"""A page as it was: its editions, any of them in full, what was in force on a day, and what changed between two."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from content.fetching import fetched_together, rendered
from pages.caching import remember
from updates.days import NotADay, day_in_address, day_in_form
from updates.differences import compare
from updates.models import Edition, Significance
from updates.passages import passages_of_all
from updates.querysets import end_of_day

EDITIONS_A_PAGE = 25
COMPARISON_SECONDS = 3600


@dataclass(frozen=True)
class AsItWas:
    """What the banner above an old state of a page says. `day`: the day that was asked for, if one was."""

    edition: Edition
    current_url: str
    comparison_url: str = ""
    day: date | None = None
    begun_that_day: tuple[Edition, ...] = ()
    before_that_day: Edition | None = None
    before_url: str = ""
    is_today: bool = False
    is_scheduled: bool = False
    shown_as_today: str = ""

    @property
    def is_current(self) -> bool:
        """Whether this edition is in force now."""
        return self.edition.superseded_at is None and not self.is_scheduled


class KeepsHistory(RoutablePageMixin):
    """Mixin for tracked page types whose readers may look at any edition."""

    # What of an old state is not as it was, in words for its banner.
    shown_as_today = "Contacts, pictures and files in it"
    # Sub-addresses that go on answering when the page is withdrawn or consolidated: reviewers need them most then.
    readable_when_withdrawn = ("history", "on", "on_day", "edition", "choose_comparison", "compare")

    def history(self):
        """Return the editions of this page (of the page it follows, for an alias), newest first."""
        return Edition.objects.filter(page_id=self.alias_of_id or self.pk).order_by("-number")

    def state_in(self, edition: Edition):
        """Return the page as this edition has it, at the place and address it has now; nothing of it may be saved."""
        return self.state_of(edition.revision.content, edition=edition)

    def state_of(self, content: dict, *, edition: Edition | None = None):
        """Return the page as a revision has it. References to what no longer exists are kept: they show as gone."""
        state = type(self).from_serializable_data(dict(content), check_fks=False)
        for name in ("pk", "path", "depth", "numchild", "url_path", "slug", "live", "alias_of_id", "content_type_id"):
            setattr(state, name, getattr(self, name))
        for name in ("first_published_at", "last_published_at", "locale_id", "translation_key", "expire_at"):
            setattr(state, name, getattr(self, name))
        for name in ("withdrawn_as", "withdrawal_notice"):
            setattr(state, name, getattr(self, name))
        state.is_restricted = getattr(self, "is_restricted", True)
        state._trail = self.trail()
        state.shown_edition = edition
        state.is_past = True
        return state

    # The edition being shown; None where the page is shown as it is now.
    shown_edition: Edition | None = None
    # What `_editions_around` found for it.
    editions_shown: list[Edition] = []
    # Whether this object is an old state of the page.
    is_past = False

    @path("history/", name="history")
    def history_view(self, request, *, message: str = "", typed: str = ""):
        """Answer the list of editions, with the ways to look at them."""
        editions = Paginator(self.history(), EDITIONS_A_PAGE).get_page(request.GET.get("page"))
        context = {
            "page": self,
            "editions": editions,
            "numbers": range(1, editions.paginator.count + 1),
            "message": message,
            "typed": typed,
            "today": timezone.localdate(),
            "noindex": True,
            "canonical_url": self.full_url,
        }
        return TemplateResponse(request, "updates/history.html", context)

    @path("on/", name="on")
    def on_chosen_day(self, request):
        """Lead from the date box to the address of that day."""
        typed = request.GET.get("date", "")[:40]
        try:
            day = day_in_form(typed)
        except NotADay as error:
            return self.history_view(request, message=str(error), typed=typed)
        return redirect(self.url_on(request, day))

    @path("on/<str:day>/", name="on_day")
    def on_day(self, request, day: str):
        """Answer the page as it stood when a day ended."""
        try:
            chosen = day_in_address(day)
        except NotADay as error:
            raise Http404 from error
        if chosen > timezone.localdate():
            return self._on_day_to_come(request, chosen)
        in_force = self.history().select_related("revision").in_force(on=chosen).first()
        if in_force is None:
            return self.history_view(request, message=self._why_not_in_force(chosen), typed=chosen.isoformat())
        return self._as_it_was(request, in_force, day=chosen)

    @path("editions/<int:number>/", name="edition")
    def edition_view(self, request, number: int):
        """Answer one edition in full."""
        return self._as_it_was(request, self._edition(number))

    @path("compare/", name="choose_comparison")
    def chosen_comparison(self, request):
        """Lead from the form of the history to the comparison."""
        chosen = [request.GET.get(name, "") for name in ("before", "after")]
        if not all(number.isdecimal() and len(number) < 7 for number in chosen):
            return self.history_view(request, message="Choose two editions to compare.")
        before, after = sorted(map(int, chosen))
        if before == after:
            return self.history_view(request, message="Choose two different editions to compare.")
        return redirect(self.url_of("compare", request, before, after))

    @path("compare/<int:before>/<int:after>/", name="compare")
    def comparison_view(self, request, before: int, after: int):
        """Answer what changed between two editions; `?view=sides` puts them beside each other."""
        if before >= after:
            raise Http404("The older edition comes first.")
        view = "sides" if request.GET.get("view") == "sides" else "inline"
        older, newer = self._edition(before), self._edition(after)
        context = {
            "page": self,
            "older": older,
            "newer": newer,
            "view": view,
            "comparison_html": remember(
                f"comparison:{older.pk}:{newer.pk}:{view}",
                lambda: self._comparison(older, newer, view),
                timeout=COMPARISON_SECONDS,
            ),
            "noindex": True,
            "canonical_url": self.full_url,
        }
        return TemplateResponse(request, "updates/compare.html", context)

    def url_of(self, name: str, request, *args) -> str:
        """Return the address of one of these views."""
        return self.get_url(request) + self.reverse_subpage(name, args=args)

    def url_on(self, request, day: date) -> str:
        """Return the lasting address of the page as it stood on a day."""
        return self.url_of("on_day", request, day.isoformat())

    def _edition(self, number: int) -> Edition:
        edition = self.history().select_related("revision").filter(number=number).first()
        if edition is None:
            raise Http404(f"There is no edition {number}.")
        return edition

    def _comparison(self, older: Edition, newer: Edition, view: str) -> str:
        """Return the finished HTML of a comparison; editions never change, so it can be kept."""
        comparison = compare(*passages_of_all([self.state_in(older), self.state_in(newer)]))
        context = {"comparison": comparison, "before_label": label_of(older), "after_label": label_of(newer)}
        return render_to_string(f"updates/comparison/{view}.html", context)

    def _as_it_was(self, request, edition: Edition, *, day: date | None = None):
        """Answer an edition in the page's own look, under a banner that says when it was in force."""
        around = self._editions_around(edition, day)
        notice = self._notice(request, edition, around, day)
        state = self.state_in(edition)
        state.editions_shown = [one for one in around if one.number <= edition.number]
        return self._shown_as_it_was(request, state, notice)

    def _editions_around(self, edition: Edition, day: date | None) -> list[Edition]:
        """Return, newest first and in one query, the editions that an old state and its banner name.

        The one in force now, the one shown, the latest major one up to it, those that began on the day that was asked
        for, and the one in force when that day began.
        """
        major = self.history().filter(significance=Significance.MAJOR, number__lte=edition.number)
        named = Q(superseded_at=None) | Q(pk=edition.pk) | Q(pk__in=major.values("pk")[:1])
        if day:
            begin = end_of_day(day - timedelta(days=1))
            named |= Q(in_force_from__gte=begin, in_force_from__lt=end_of_day(day))
            named |= Q(in_force_from__lt=begin, superseded_at__gte=begin)
        return list(self.history().filter(named))

    def _notice(self, request, edition: Edition, around: list[Edition], day: date | None) -> AsItWas:
        current = next((one for one in around if one.superseded_at is None), None)
        begun, before = _changes_on(day, around) if day else ((), None)
        compared = current and current.number > edition.number
        return AsItWas(
            edition,
            current_url=self.get_url(request),
            comparison_url=self.url_of("compare", request, edition.number, current.number) if compared else "",
            day=day,
            begun_that_day=begun,
            before_that_day=before,
            before_url=self.url_of("edition", request, before.number) if before else "",
            is_today=day == timezone.localdate(),
            shown_as_today=self.shown_as_today,
        )

    def _shown_as_it_was(self, request, state, notice: AsItWas):
        with fetched_together(state, as_it_was=True):
            context = state.get_context(request) | {
                "as_it_was": notice,
                "noindex": True,
                "canonical_url": self.full_url,
            }
            return rendered(TemplateResponse(request, state.get_template(request), context))

    def _on_day_to_come(self, request, day: date):
        """Answer for a day to come: staff see what is scheduled, nobody else does."""
        scheduled = self._scheduled_by(day) if self.permissions_for_user(request.user).can_edit() else None
        if scheduled is None:
            message = f"{format_day(day)} is still to come. Nobody can say yet what will be in force then."
            return self.history_view(request, message=message, typed=day.isoformat())
        edition = Edition(page=self, revision=scheduled, in_force_from=scheduled.approved_go_live_at)
        notice = AsItWas(edition, current_url=self.get_url(request), day=day, is_scheduled=True)
        return self._shown_as_it_was(request, self.state_of(scheduled.content, edition=edition), notice)

    def _scheduled_by(self, day: date):
        """Return the revision that will be public at the end of a day to come, if one is scheduled."""
        return self.revisions.filter(approved_go_live_at__lt=end_of_day(day)).order_by("-approved_go_live_at").first()

    def _why_not_in_force(self, day: date) -> str:
        first = self.history().order_by("number").first()
        if first is None or end_of_day(day) <= first.in_force_from:
            since = (
                f" It was first published on {format_day(timezone.localdate(first.in_force_from))}." if first else ""
            )
            return f"This page did not exist on {format_day(day)}.{since}"
        return f"This page was not in force on {format_day(day)}: it had been taken down, and was not back yet."


def _changes_on(day: date, around: list[Edition]) -> tuple[tuple[Edition, ...], Edition | None]:
    """Return the editions that came into force on a day, the first one first, and the one in force when it began."""
    begin, end = end_of_day(day - timedelta(days=1)), end_of_day(day)
    begun = tuple(one for one in reversed(around) if begin <= one.in_force_from < end)
    before = (
        one for one in around if one.in_force_from < begin and (one.superseded_at is None or one.superseded_at >= begin)
    )
    return begun, next(before, None) if begun else None


def label_of(edition: Edition) -> str:
    """Return how a comparison names an edition."""
    return f"Edition {edition.number}, in force from {format_day(timezone.localdate(edition.in_force_from))}"


def format_day(day: date) -> str:
    """Return a day as readers write it: 10 March 2017."""
    return date_format(day, "j F Y")
