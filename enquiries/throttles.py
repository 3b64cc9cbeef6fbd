"""How often one reader may send a form. Counted for an hour at most, under a code; in no table and no log."""

from ipaddress import IPv6Network, ip_address

from django.utils.crypto import salted_hmac
from rest_framework.throttling import SimpleRateThrottle


class SendingThrottle(SimpleRateThrottle):
    """Thirty forms an hour from one network address, whatever they are about and whether they were filled in rightly.

    A whole council may share one address, and a person who mistypes sends several times. `NUM_PROXIES`
    (settings.REST_FRAMEWORK) says whose word on the address is taken: with nginx before the site, the last entry of
    X-Forwarded-For, which nginx writes; without a proxy, none of it.
    """

    rate = "30/hour"
    # What is counted apart from other things is called something else.
    counted_as = "enquiries"

    def get_cache_key(self, request, view):
        """Return a code for the sender's address that cannot be turned back into it."""
        return f"{self.counted_as}-{salted_hmac('enquiries.throttle', self._network(request)).hexdigest()}"

    def _network(self, request) -> str:
        """Return the address; of IPv6 the first half, because the second is the sender's to choose."""
        ident = self.get_ident(request) or ""
        try:
            address = ip_address(ident)
        except ValueError:
            return ident
        # An address of IPv4 that a server wrote down as one of IPv6 (RFC 4291, 2.5.5.2): all would have the same half.
        address = getattr(address, "ipv4_mapped", None) or address
        return str(IPv6Network((address, 64), strict=False)) if address.version == 6 else str(address)


class AnsweringThrottle(SendingThrottle):
    """Ten answers a minute from one network address to "Is this page useful?"; they take no form from anybody."""

    rate = "10/min"
    counted_as = "enquiries-useful"
