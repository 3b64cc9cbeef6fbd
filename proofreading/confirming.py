"""A child's details are asked about once, before they are published.

The question comes when a page is published, scheduled or approved, in the editor or on the screens of approval, and
only about what readers do not see already: so a page that was published with an answer is not asked about again. The
answer carries everything that was in the form, and what is refused leaves nothing behind
(`pages.middleware.LockTreeWrites`): nothing that was typed is lost, whichever button is pressed.
"""

from hashlib import sha256

from django.shortcuts import render

from pages.models import BasePage
from proofreading.checks import childs_details
from proofreading.faults import Fault
from proofreading.known import Known
from updates.written import passages_written

# What the form says when somebody has looked at these details and publishes all the same.
CONFIRMED = "childs_details_seen"
# Not 200, so that nothing of the request is kept until it is answered.
UNANSWERED = 422
# The buttons of the editor after which readers see the page.
PUBLISHING = ("action-publish", "action-workflow-action")


def details_not_public_yet(page: BasePage) -> list[Fault]:
    """Return what looks like a child's details in a page, without what its public state says already."""
    found = _details_in(page)
    if not found or not page.pk:
        return found
    # Wagtail has made a new page live already when it asks whether it may be published.
    public = type(page).objects.filter(pk=page.pk, live=True, last_published_at__isnull=False).first()
    known = {_key(fault) for fault in _details_in(public)} if public else set()
    return [fault for fault in found if _key(fault) not in known]


def ask_about(request, page: BasePage, *, back_url: str = ""):
    """Return the question, or None where there is nothing to ask or it has been answered for just these details.

    `back_url`: where to go from a screen that saves no draft; without it, the form can be sent again as a draft.
    """
    found = details_not_public_yet(page)
    answer = _answer_for(found)
    if not found or request.POST.get(CONFIRMED) == answer:
        return None
    left_out = (*PUBLISHING, CONFIRMED)
    sent = [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]
    pressed = [(name, request.POST[name]) for name in PUBLISHING if name in request.POST]
    context = {"draft": page, "faults": found, "sent": sent, "pressed": pressed, "answer": (CONFIRMED, answer)}
    context["back_url"] = back_url
    return render(request, "proofreading/confirm.html", context, status=UNANSWERED)


def approves(request) -> bool:
    """Tell whether a request of the editor approves a page, which publishes it unless others have to approve."""
    return "action-workflow-action" in request.POST and request.POST.get("workflow-action-name") == "approve"


def _details_in(page: BasePage) -> list[Fault]:
    return list(childs_details(passages_written(page), Known()))


def _key(fault: Fault) -> tuple:
    return (fault.advice, fault.quote)


def _answer_for(found: list[Fault]) -> str:
    """Return a name for just these details: who writes more of them into the page is asked again."""
    return sha256(repr(sorted(map(_key, found))).encode()).hexdigest()
