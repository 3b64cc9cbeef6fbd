"""How a page answers a request: marked as public where it is."""

from pages.caching import public


class ServedPublicly:
    """Mixin for the base page model."""

    # False for a page with a form or anything else that differs between readers.
    is_cacheable = True

    def serve(self, request, *args, **kwargs):
        """Answer the request; a public page may be stored by the site and kept by browsers."""
        response = super().serve(request, *args, **kwargs)
        if self.is_cacheable and getattr(self, "is_restricted", True) is False:
            return public(response)
        return response
