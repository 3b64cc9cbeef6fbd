"""How pages are served, and what staff see of what this room keeps."""

from django.contrib.auth.models import Permission
from wagtail import hooks

from pages.caching import public
from pages.dashboard import BackupsPanel


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


@hooks.register("register_permissions")
def offer_permissions():
    """Let groups be given the right to see how old the backups are."""
    return Permission.objects.filter(content_type__app_label="pages", codename="view_backup")
