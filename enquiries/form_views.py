"""What the public forms have in common: a request becomes one call of `enquiries.services`."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView

from enquiries.models import EnquirySettings
from enquiries.services import receive
from enquiries.throttles import SendingThrottle
from files.refusals import in_words
from pages.models import BasePage

# Both texts full of characters that a browser writes as twelve, and room to spare.
LARGEST_REQUEST = 256 * 1024


class NotKept:
    """Mixin: browsers ask again each time, and nothing between them and us keeps a copy."""

    def dispatch(self, request, *args, **kwargs):
        """Answer, and say that the answer is for this reader."""
        response = super().dispatch(request, *args, **kwargs)
        # Not "no-store": then a browser forgets what was typed when somebody goes back.
        patch_cache_control(response, private=True, no_cache=True)
        return response


class PublicForm(NotKept, FormView):
    """A form for anybody: no cookie, no token, a limit for its size and one for how often it is sent."""

    # Django's FormView takes a PUT for a form, without what was filled in.
    http_method_names = ["get", "head", "post", "options"]
    # In bytes; of a form without a file, none.
    largest_file = 0
    throttle_class = SendingThrottle

    @classmethod
    def as_view(cls, **initkwargs):
        """Return the view, without Django's guard against forged requests.

        Its token would need a cookie, and readers get none (row V3). It protects people who are signed in from doing
        something unknowingly; these forms know nobody, read no session, and do for a forged request only what anybody
        may do. What protects them is in enquiries.guards and enquiries.throttles.
        """
        return csrf_exempt(super().as_view(**initkwargs))

    def post(self, request, *args, **kwargs):
        """Take a form, unless it is far too large or one of too many. Nothing of what is refused for that is read."""
        size = _size_of(request)
        if size > LARGEST_REQUEST + self.largest_file:
            return self._refuse_size()
        throttle = self.throttle_class()
        if not throttle.allow_request(request, self):
            return self._slow_down(throttle, keeps_words=size <= LARGEST_REQUEST)
        if size > LARGEST_REQUEST and size - sum(file.size for file in request.FILES.values()) > LARGEST_REQUEST:
            return self._refuse_size()
        return super().post(request, *args, **kwargs)

    def unread_form(self):
        """Return the form with nothing of what was sent, for a request that is not read."""
        return self.form_class()

    def _refuse_size(self):
        largest = in_words(self.largest_file) if self.largest_file else ""
        return self._refuse(self.unread_form(), status=413, refused="too large", largest_file=largest)

    def _slow_down(self, throttle, *, keeps_words: bool):
        seconds = throttle.wait() or throttle.duration
        form = self.get_form() if keeps_words else self.unread_form()
        refused = "too many" if keeps_words else "too many, with a file"
        response = self._refuse(form, status=429, refused=refused, minutes=int(seconds // 60) + 1)
        response["Retry-After"] = str(int(seconds) + 1)
        return response

    def _refuse(self, form, *, status: int, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)


def _size_of(request) -> int:
    """Return how many bytes are to come. What is no number is none, as Django has it when it reads the form."""
    size = request.META.get("CONTENT_LENGTH") or ""
    return int(size) if size.isdecimal() else 0


class EnquiryView(PublicForm):
    """A form for a kind of enquiry. A kind gives `model`, `form_class`, `template_name`, and `about()`."""

    model = None

    def about(self) -> dict:
        """Return the fields of the enquiry that the page knows and nobody types."""
        return {}

    def get_sent_url(self, enquiry) -> str:
        """Return where the sender goes on."""
        raise NotImplementedError

    def get_context_data(self, **kwargs):
        """Add for how many months it is kept."""
        kept_months = getattr(EnquirySettings.load(self.request), self.model.kept_months_setting)
        return super().get_context_data(**kwargs) | {"kept_months": kept_months}

    def receive(self, **fields):
        """Store what was sent, and return it."""
        return receive(self.model, **fields)

    def form_valid(self, form):
        """Store it, and go on to the page that says so."""
        enquiry = self.receive(now=timezone.now(), **form.enquiry_fields(), **self.about())
        return redirect(self.get_sent_url(enquiry))


class PageEnquiryView(EnquiryView):
    """A form about a page. What readers may not see has none, whoever asks. A kind says of which pages (`is_for`)."""

    # The name of the address that says thanks.
    sent_url_name = ""

    def is_for(self, page) -> bool:
        """Tell whether there is such a form for a page, which is public and of its own type."""
        raise NotImplementedError

    @cached_property
    def page(self):
        """The page. Raises Http404 for one that is not public or has no such form."""
        page = BasePage.objects.visible().filter(pk=self.kwargs["pk"]).first()
        page = page and page.specific
        if page is None or page.url is None or not self.is_for(page):
            raise Http404
        return page

    def dispatch(self, request, *args, **kwargs):
        """Find the page before anything else."""
        self.page  # noqa: B018
        return super().dispatch(request, *args, **kwargs)

    def about(self) -> dict:
        """Return the page as it is called now."""
        return {"page_id": self.page.pk, "page_title": self.page.title}

    def get_context_data(self, **kwargs):
        """Add the page."""
        return super().get_context_data(**kwargs) | {"about": self.page}

    def get_sent_url(self, enquiry) -> str:
        """Lead to the thanks."""
        return reverse(self.sent_url_name, args=[enquiry.reference])


class SentView(NotKept, TemplateView):
    """Thanks, with the reference. Holds nothing of what was written and nothing of the sender. A kind gives `model`."""

    model = None

    def get_context_data(self, **kwargs):
        """Add the page, if it is still public."""
        enquiry = get_object_or_404(self.model, reference=self.kwargs["reference"])
        # Some kinds are about no page.
        page = BasePage.objects.visible().filter(pk=getattr(enquiry, "page_id", None)).first()
        return super().get_context_data(**kwargs) | {"enquiry": enquiry, "about": page}
