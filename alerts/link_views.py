"""The pages behind the links in our mails. Opening one changes nothing, so that no mail scanner can: a button does."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from alerts import links
from alerts.choices import consent_words, described
from alerts.forms import TopicsForm, own_topics
from alerts.models import LinkRequest, State, Subscriber
from alerts.services import AlreadyConfirmed, MailIsStopped, NotSubscribed, choose, confirm
from alerts.topics import named, offered
from alerts.views import AskingThrottle
from enquiries.form_views import NotKept, PublicForm
from organisation.gather import organisation_for


class TooOld(NotKept, TemplateView):
    """Says that a link has expired, and where there is a new one."""

    template_name = "alerts/too_old.html"

    def post(self, request, *args, **kwargs):
        """Say the same to a button on a page that was open for too long."""
        return self.get(request, *args, **kwargs)

    def render_to_response(self, context, **kwargs):
        """Answer that it is gone."""
        return super().render_to_response(context, status=410, **kwargs)


class FromAMail(NotKept):
    """Mixin: the link is read before anything else. What was made up is no page; what is too old says so."""

    purpose = ""

    def dispatch(self, request, *args, **kwargs):
        """Read the link; answer 404 or 410 where it does not hold."""
        try:
            self.public_id = links.read_token(self.kwargs["token"], purpose=self.purpose)
        except links.NoSuchLink as error:
            raise Http404 from error
        except links.LinkExpired:
            return TooOld.as_view(extra_context={"purpose": self.purpose})(request)
        response = super().dispatch(request, *args, **kwargs)
        # There is an address on some of them: nothing of it stays on a computer that several people use.
        patch_cache_control(response, no_store=True)
        return response

    @cached_property
    def subscriber(self) -> Subscriber | None:
        """Whom the link is for; None once that has been erased."""
        return Subscriber.objects.filter(public_id=self.public_id).first()

    def consent_words(self) -> str:
        """Return the words above the button."""
        return consent_words(organisation_for(self.request))

    def lead_to_leaving(self):
        """Lead to the page that says whether somebody gets alerts, has left, or is not known any more."""
        return redirect("alerts:leave", token=links.token(self.public_id, purpose=links.LEAVE))


@method_decorator(csrf_exempt, name="dispatch")
class Confirm(FromAMail, TemplateView):
    """The button that subscribes."""

    template_name = "alerts/confirm.html"
    purpose = links.CONFIRM

    @cached_property
    def asked(self) -> LinkRequest | None:
        """What was asked for; None once it has been erased."""
        return LinkRequest.objects.filter(form_key=self.public_id).first()

    @cached_property
    def choices(self) -> list:
        """What of it may be named, which is what is confirmed."""
        return described(self.asked.choices) if self.asked else []

    def get_context_data(self, **kwargs):
        """Add what is confirmed, and whether that still can be."""
        return super().get_context_data(**kwargs) | {
            "choices": self.choices,
            "is_done": bool(self.asked and self.asked.confirmed_at),
            "words": self.consent_words(),
        }

    def post(self, request, *args, **kwargs):
        """Subscribe, and lead to what was chosen."""
        if not self.choices:
            return self.get(request, *args, **kwargs)
        choices = {choice.key: choice.frequency for choice in self.choices}
        try:
            subscriber = confirm(self.asked, choices=choices, words=self.consent_words(), now=timezone.now())
        except (AlreadyConfirmed, MailIsStopped, Subscriber.DoesNotExist):
            # Meanwhile, by somebody else with the same link, or erased: the page says how it stands.
            return redirect("alerts:confirm", token=self.kwargs["token"])
        token = links.token(subscriber.public_id, purpose=links.MANAGE)
        return redirect(f"{reverse('alerts:manage', args=[token])}?done=confirmed")


class Manage(FromAMail, PublicForm):
    """What a subscriber has chosen, to change."""

    template_name = "alerts/manage.html"
    form_class = TopicsForm
    purpose = links.MANAGE
    throttle_class = AskingThrottle

    def get(self, request, *args, **kwargs):
        """Show the form to who gets alerts, and tell others how it stands."""
        return super().get(request, *args, **kwargs) if self._is_active() else self.lead_to_leaving()

    def post(self, request, *args, **kwargs):
        """Change it for who gets alerts."""
        return super().post(request, *args, **kwargs) if self._is_active() else self.lead_to_leaving()

    def _is_active(self) -> bool:
        return self.subscriber is not None and self.subscriber.state == State.ACTIVE

    def unread_form(self):
        """Return the form as it is at first."""
        return self.form_class(**self._topics())

    def get_form_kwargs(self):
        """Offer what everybody is offered, and what they have beyond that."""
        return super().get_form_kwargs() | self._topics()

    def _topics(self) -> dict:
        everything = offered()
        chosen = dict(self.subscriber.subscriptions.values_list("topic", "frequency"))
        own = own_topics(chosen, known=named(chosen, among=everything), offered=everything)
        return {"topics": [*own, *everything], "chosen": chosen}

    def get_context_data(self, **kwargs):
        """Add the address, what has just been done, and the words above the button."""
        return super().get_context_data(**kwargs) | {
            "address": self.subscriber.address,
            "done": self.request.GET.get("done"),
            "leave_url": reverse("alerts:leave", args=[links.token(self.public_id, purpose=links.LEAVE)]),
            "words": self.consent_words(),
        }

    def form_valid(self, form):
        """Keep exactly what was chosen; who chooses nothing leaves."""
        try:
            choose(self.subscriber, choices=form.choices, words=self.consent_words(), now=timezone.now())
        except (NotSubscribed, Subscriber.DoesNotExist):
            return self.lead_to_leaving()
        if not form.choices:
            return self.lead_to_leaving()
        return redirect(f"{reverse('alerts:manage', args=[self.kwargs['token']])}?done=saved")
