"""What somebody with a link sees. Nobody keeps it or finds it, and browsers pass nothing of it on."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import View

from drafts.forms import CommentForm
from drafts.services import (
    NoSuchLink,
    TooManyComments,
    add_comment,
    draft_of,
    note_opening,
    open_link,
    pages_of,
)
from drafts.showing import SharedDraftNotice, show_draft
from enquiries.form_views import PublicForm
from enquiries.throttles import SendingThrottle

FULL = "This link has taken as many comments as it can. Please write to the person who sent it to you."


class WithLink:
    """Mixin: the link is looked up before anything else; one that does not work is the same page for everybody."""

    def dispatch(self, request, *args, **kwargs):
        """Answer, or say that the link does not work."""
        try:
            self.link = open_link(kwargs["token"], now=timezone.now())
            self.found = self.look_up()
            # Search boxes and filters of the draft's page would send to addresses that a draft does not have.
            forms_to = request.build_absolute_uri(self.address_of())
            response = super().dispatch(request, *args, **kwargs)
        except NoSuchLink:
            forms_to = "'none'"
            response = render(request, "drafts/gone.html", status=410)
        return _kept_secret(response, forms_to=forms_to)

    def look_up(self):
        """Return what the link shows here. Raises NoSuchLink."""
        raise NotImplementedError

    def address_of(self, *key) -> str:
        """Return the address of the link, or of one of its drafts."""
        return reverse("drafts:draft" if key else "drafts:link", args=[self.kwargs["token"], *key])


def _kept_secret(response, *, forms_to: str):
    """Let nobody keep it, pass its address on, or find it; forms send to that address, and to no other."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response._csp_replace = {"form-action": [forms_to]}
    return response


class OpenLink(WithLink, View):
    """Leads to the draft, or lists the drafts of a link to several."""

    http_method_names = ["get", "head", "options"]

    def look_up(self):
        """Return the drafts. Raises NoSuchLink where there is none any more."""
        pages = pages_of(self.link)
        if not pages:
            raise NoSuchLink
        return pages

    def get(self, request, *args, **kwargs):
        """Lead to the only draft, or list them."""
        if len(self.found) == 1:
            return redirect(self.address_of(self.found[0].pk))
        note_opening(self.link, now=timezone.now())
        drafts = [(page.title, self.address_of(page.pk)) for page in self.found]
        return render(request, "drafts/list.html", {"link": self.link, "drafts": drafts})


class CommentThrottle(SendingThrottle):
    """As many as of other forms, counted apart."""

    counted_as = "drafts"


class ReadDraft(WithLink, PublicForm):
    """A draft, with the form for comments under it."""

    form_class = CommentForm
    throttle_class = CommentThrottle

    def look_up(self):
        """Return the latest draft of the page."""
        return draft_of(self.link, self.kwargs["pk"])

    def get_form_kwargs(self):
        """Offer the parts of the draft."""
        return super().get_form_kwargs() | {"page": self.found}

    def unread_form(self):
        """Return the form as it is at first."""
        return self.form_class(page=self.found)

    def get(self, request, *args, **kwargs):
        """Show the draft, and note that somebody has looked."""
        if not request.user.is_authenticated:
            note_opening(self.link, now=timezone.now())
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        """Store the comment, and say so above an empty form."""
        try:
            add_comment(link=self.link, page=self.found, now=timezone.now(), **form.comment_fields())
        except TooManyComments:
            form.add_error(None, FULL)
            return self.form_invalid(form)
        return redirect(f"{self.address_of(self.found.pk)}?sent=1#draft-comment")

    def render_to_response(self, context, status=200):
        """Show the draft as its readers will see it, with the form under it."""
        several = self.link.shared.count() > 1
        notice = SharedDraftNotice(
            link=self.link,
            form=context["form"],
            address=self.address_of(self.found.pk),
            list_url=self.address_of() if several else "",
            is_public=self.found.live,
            is_sent="sent" in self.request.GET,
            refused=context.get("refused", ""),
            minutes=context.get("minutes", 0),
        )
        response = show_draft(self.request, self.found, notice)
        if status != 200:
            response.status_code = status
        return response
