"""Choosing what to hear of, and asking for a link: the pages for people whom we do not know."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from alerts.forms import LinkForm, RegistrationForm
from alerts.models import Frequency
from alerts.querysets import LINK_DAYS
from alerts.services import ask_for_link
from alerts.topics import named, offered
from enquiries.form_views import NotKept, PublicForm
from enquiries.throttles import SendingThrottle

LONGEST_KEY = 60


class AskingThrottle(SendingThrottle):
    """As many as of other forms, counted apart: who sends in news may still register."""

    counted_as = "alerts"


class AskForLink(PublicForm):
    """A form at whose end a link is mailed. The answer is the same for every address, and takes as long."""

    throttle_class = AskingThrottle

    def dispatch(self, request, *args, **kwargs):
        """Answer nobody while alerts are closed. Links that were mailed before go on working."""
        if not settings.ALERTS_OPEN:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def choices(self, form) -> dict[str, str]:
        """Return what is to be confirmed."""
        return {}

    def form_valid(self, form):
        """Write down that a link is owed, and say where it will come."""
        ask_for_link(
            address=form.cleaned_data["address"],
            choices=self.choices(form),
            form_key=form.form_key,
            now=timezone.now(),
        )
        return redirect("alerts:sent")


class Choose(AskForLink):
    """Everything that people can hear of, on one page. `?topic=page:12` puts one more first: a single chapter."""

    form_class = RegistrationForm
    template_name = "alerts/choose.html"

    @cached_property
    def came_for(self):
        """What the link that led here is about; None without one, or where it may not be named."""
        key = self.request.GET.get("topic", "")[:LONGEST_KEY]
        return named([key], among=self.offered).get(key) if key else None

    @cached_property
    def offered(self) -> list:
        """What is offered to everybody."""
        return offered()

    def unread_form(self):
        """Return the form as it is at first."""
        return self.form_class(**self._topics())

    def get_form_kwargs(self):
        """Put first what they came for."""
        return super().get_form_kwargs() | self._topics()

    def _topics(self) -> dict:
        first = [self.came_for] if self.came_for else []
        keys = {topic.key for topic in first}
        topics = [*first, *(topic for topic in self.offered if topic.key not in keys)]
        return {"topics": topics, "chosen": dict.fromkeys(keys, Frequency.AT_ONCE)}

    def choices(self, form) -> dict[str, str]:
        """Return what was chosen."""
        return form.choices

    def get_context_data(self, **kwargs):
        """Add what they came for, apart from the rest."""
        context = super().get_context_data(**kwargs)
        groups = context["form"].groups()
        first = []
        if self.came_for:
            # It stands first, alone or before others of its group.
            (group, fields), *rest = groups
            first, fields = fields[:1], fields[1:]
            groups = [(group, fields), *rest] if fields else rest
        return context | {"first": first, "groups": _joined(groups), "link_days": LINK_DAYS}


def _joined(groups) -> list[tuple[str, list]]:
    """Return the groups, each heading once."""
    joined = {}
    for group, fields in groups:
        joined.setdefault(group, []).extend(fields)
    return list(joined.items())


class SendLink(AskForLink):
    """The form for a link to what one has chosen."""

    form_class = LinkForm
    template_name = "alerts/send_link.html"


class Sent(NotKept, TemplateView):
    """Says where the link comes, whatever was asked for and whoever it was."""

    template_name = "alerts/sent.html"
    extra_context = {"link_days": LINK_DAYS}
