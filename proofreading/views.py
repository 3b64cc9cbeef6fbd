"""What was found in a draft, for the editor's side panel, which asks again whenever the draft has been saved."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.models import BasePage
from proofreading.reading import proofread


@never_cache
@require_safe
def proof_of_draft(request, pk: int):
    """Answer what was found in the latest draft of a page, to whoever may edit it."""
    draft = get_object_or_404(BasePage, pk=pk).get_latest_revision_as_object()
    if not draft.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "proofreading/proof.html", {"proof": proofread(draft)})


urlpatterns = [path("proofreading/<int:pk>/", proof_of_draft, name="proofreading_proof")]
