"""How pages are served."""

from wagtail import hooks

from pages.caching import public


@hooks.register("on_serve_page")
def mark_public_pages(serve_next):
    """Mark the answer of a page that everybody may read, so that it may be stored; whatever its type does to answer."""

    def serve(page, request, args, kwargs):
        response = serve_next(page, request, args, kwargs)
        if page.is_cacheable and getattr(page, "is_restricted", True) is False:
            return public(response, until=page.expire_at)
        return response

    return serve
