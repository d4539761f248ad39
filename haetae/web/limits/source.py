"""Where a request comes from, as far as a limit has to know it: a network's digest under a key of the day.

The address itself is read, cut to its network and forgotten within one function. Nothing else asks for it.
"""

import hashlib
import hmac
import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from haetae.common import clock

# A household or a school has at least so much; whoever has a whole network of his own is one source all the same.
_NETWORK_BITS: Final = {4: 24, 6: 48}
_DIGEST_BYTES: Final = 16
_LONGEST_HEADER: Final = 1024


def source_of(request: HttpRequest) -> str | None:
    """None where no header is trusted, or what it says is no address: then no limit for a source holds.

    Behind a proxy everybody has the proxy's address, so that one is never taken for the visitor's.
    """
    network = _network(_told(request))
    if network is None:
        return None
    day = clock.now().date().isoformat()
    keys = settings.KEYS.portal_keys
    key = hmac.digest(keys.keys[keys.newest], f"haetae sources {day}".encode(), "sha256")
    return hashlib.blake2b(network.encode(), key=key, digest_size=_DIGEST_BYTES).hexdigest()


def _told(request: HttpRequest) -> str:
    """The last entry but so many as there are proxies of ours behind it: those before it anybody can write."""
    name = settings.CLIENT_ADDRESS_HEADER
    value = request.headers.get(name, "") if name else ""
    if not value or len(value) > _LONGEST_HEADER:
        return ""
    entries = [entry.strip() for entry in value.split(",")]
    hops = settings.CLIENT_ADDRESS_HOPS
    return entries[-hops] if len(entries) >= hops else ""


def _network(text: str) -> str | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id:
        return None
    bits = _NETWORK_BITS[address.version]
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
