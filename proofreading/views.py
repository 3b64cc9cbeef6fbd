"""What was found in a draft, for the editor's side panel, which asks again whenever the draft has been saved."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pages.models import BasePage
from proofreading.reading import proof_of_draft


@never_cache
@require_safe
def show_proof(request, pk: int):
    """Answer what was found in the latest draft of a page, to whoever may edit it."""
    draft = get_object_or_404(BasePage, pk=pk).get_latest_revision_as_object()
    if not draft.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return render(request, "proofreading/proof.html", {"proof": proof_of_draft(draft)})


urlpatterns = [path("proofreading/<int:pk>/", show_proof, name="proofreading_proof")]
