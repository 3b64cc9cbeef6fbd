"""Nobody makes this site ask machines of its own network: what a name stands for is looked at before it is asked.

The check is of the very address that is then connected to, so a name cannot stand for something else meanwhile.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# An IPv4 address in the clothes of IPv6 (RFC 6052).
TRANSLATED = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet: not private, of this machine, or of no machine."""
    ip = ip_address(address.partition("%")[0])
    inside = _inside(ip) if isinstance(ip, IPv6Address) else None
    if inside is not None:
        return is_public(str(inside))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to."""
    if ip in TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
