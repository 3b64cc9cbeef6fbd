"""How pages are served, what choosers offer of them, and what staff see of what this room keeps."""

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from wagtail import hooks

from pages.caching import public
from pages.dashboard import BackupsPanel
from pages.numbers import count_together
from pages.staff_views import offered_to


@hooks.register("on_serve_page")
def mark_public_pages(serve_next):
    """Mark the answer of a page that everybody may read, so that it may be stored; whatever its type does to answer."""

    def serve(page, request, args, kwargs):
        response = serve_next(page, request, args, kwargs)
        if page.is_cacheable and getattr(page, "is_restricted", True) is False:
            return public(response, until=page.expire_at)
        return response

    return serve


@hooks.register("construct_homepage_panels")
def show_backups(request, panels):
    """Say how old the last backup is."""
    panels.append(BackupsPanel())


@hooks.register("construct_homepage_panels", order=1000)
def count_for_all_panels(request, panels):
    """Ask for the numbers of all panels at once, when all are there."""
    count_together(panels, request.user)


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to see how old the backups are."""
    return Permission.objects.filter(content_type__app_label="pages", codename="view_backup")


@hooks.register("construct_page_chooser_queryset")
def choose_among_what_may_be_seen(pages, request):
    """Offer what is public and what somebody works on."""
    return offered_to(request.user, pages)


@hooks.register("before_move_page")
def move_what_may_be_moved(request, page, destination):
    """Turn away who may not: Wagtail asks so only after its question, which names the page."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied
