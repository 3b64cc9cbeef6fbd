"""What every tracked page type does when it is withdrawn: which addresses still answer, and with what."""

from django.http import Http404
from django.urls import Resolver404
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.url_routing import RouteResult

from pages.models import WithdrawnAs
from updates.withdrawing.models import Withdrawal


class WithdrawablePage:
    """Mixin for `TrackedPage`.

    A withdrawn page is not live, so everything that asks for visible pages leaves it out by itself. Its own addresses
    go on being found (`pages.routing`); this class says which can still be read, and the hook in
    `updates.wagtail_hooks` answers all others with a redirect or 410.
    """

    # Names of sub-addresses (routes) that show the page's past and stay readable when it was consolidated. A page that
    # was withdrawn stays readable altogether, one published in error not at all.
    readable_when_withdrawn: tuple[str, ...] = ()
    # Whether this object is the last edition of a withdrawn page, to be shown under the notice.
    is_read_after_withdrawal = False
    # What base.html shows above the text. Set only once it is known that the reader may read the page: the form that
    # asks for a private page's password is rendered with the page, too.
    withdrawal_notice: Withdrawal | None = None

    def withdrawal(self) -> Withdrawal | None:
        """Return why the page is withdrawn, or None when it is not; no query for a page that is not."""
        if not self.withdrawn_as:
            return None
        if not hasattr(self, "_withdrawal"):
            self._withdrawal = self.withdrawals.open().first()
        return self._withdrawal

    def route(self, request, path_components):
        """Return the route; that of a withdrawn page leads to its last edition or to why there is nothing to read."""
        if not self.withdrawn_as:
            return super().route(request, path_components)
        match = self._sub_address(path_components)
        if not self._can_still_be_read(match.url_name if match else ""):
            return RouteResult(self)
        shown = self.last_edition()
        if shown is None:
            return RouteResult(self)
        if match is None:
            return RouteResult(shown)
        request.routable_resolver_match = match
        return RouteResult(shown, args=(match.func.__get__(shown, type(shown)), match.args, match.kwargs))

    def with_content_json(self, content):
        """Return the page as a revision has it, under the same notice."""
        page = super().with_content_json(content)
        page.withdrawal_notice = self.withdrawal_notice
        return page

    def last_edition(self):
        """Return this withdrawn page as readers last saw it, or None; nothing of it may be saved.

        Not the row itself: drafts of a page that is not public are written to it.
        """
        edition = self.editions.select_related("revision").order_by("number").last()
        if edition is None:
            return None
        shown = self.with_content_json(edition.revision.content)
        shown.slug, shown.url_path, shown.expire_at = self.slug, self.url_path, None
        for remembered in ("is_restricted", "_trail", "_withdrawal"):
            if hasattr(self, remembered):
                setattr(shown, remembered, getattr(self, remembered))
        shown.is_read_after_withdrawal = True
        return shown

    def _sub_address(self, path_components):
        """Return what the rest of the address means to the page type; None for a plain page's own address.

        Raises Http404 for an address that never was one.
        """
        if isinstance(self, RoutablePageMixin):
            try:
                return self.get_resolver().resolve("/".join(["", *path_components, ""]))
            except Resolver404:
                if path_components:
                    raise
        elif path_components:
            raise Http404("There is no such address below this page.")
        return None

    def _can_still_be_read(self, sub_address: str) -> bool:
        if self.withdrawn_as == WithdrawnAs.CONSOLIDATED:
            return sub_address in self.readable_when_withdrawn
        return self.withdrawn_as == WithdrawnAs.WITHDRAWN
