"""Which IP addresses are public. Pure: asks no name server and opens nothing.

The tables follow the IANA special-purpose address registries (RFC 6890 and its successors). They are
written out because `ipaddress.is_private` and `is_global` of Python 3.11 let through addresses that lead
back inside, such as 6to4, NAT64, site-local and the virtual address of a cloud's control plane.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

IPAddress = IPv4Address | IPv6Address

NOT_PUBLIC_4 = {
    IPv4Network("0.0.0.0/8"): "means this machine",
    IPv4Network("10.0.0.0/8"): "belongs to private networks",
    IPv4Network("100.64.0.0/10"): "is shared inside a provider's network",
    IPv4Network("127.0.0.0/8"): "is loopback, the machine itself",
    IPv4Network("168.63.129.16/32"): "is a cloud's control plane",
    IPv4Network("169.254.0.0/16"): "is link-local, where clouds keep their metadata",
    IPv4Network("172.16.0.0/12"): "belongs to private networks",
    IPv4Network("192.0.0.0/24"): "is kept for protocols",
    IPv4Network("192.0.2.0/24"): "is kept for documentation",
    IPv4Network("192.88.99.0/24"): "is an old 6to4 relay",
    IPv4Network("192.168.0.0/16"): "belongs to private networks",
    IPv4Network("198.18.0.0/15"): "is kept for measuring networks",
    IPv4Network("198.51.100.0/24"): "is kept for documentation",
    IPv4Network("203.0.113.0/24"): "is kept for documentation",
    IPv4Network("224.0.0.0/4"): "is multicast",
    IPv4Network("240.0.0.0/4"): "is reserved",
}

GLOBAL_UNICAST_6 = IPv6Network("2000::/3")  # the only part of IPv6 that IANA has handed out to the public

NOT_PUBLIC_6 = {
    IPv6Network("::/128"): "means this machine",
    IPv6Network("::1/128"): "is loopback, the machine itself",
    IPv6Network("::ffff:0:0/96"): "hides an IPv4 address",
    IPv6Network("::/96"): "hides an IPv4 address",
    IPv6Network("64:ff9b::/96"): "hides an IPv4 address behind a translator",
    IPv6Network("64:ff9b:1::/48"): "hides an IPv4 address behind a translator",
    IPv6Network("2001::/23"): "is kept for protocols and tunnels",
    IPv6Network("2001:db8::/32"): "is kept for documentation",
    IPv6Network("2002::/16"): "hides an IPv4 address in a 6to4 tunnel",
    IPv6Network("3fff::/20"): "is kept for documentation",
    IPv6Network("fc00::/7"): "belongs to private networks",
    IPv6Network("fe80::/10"): "is link-local",
    IPv6Network("fec0::/10"): "is site-local",
    IPv6Network("ff00::/8"): "is multicast",
}


def why_not_public(ip: IPAddress) -> str | None:
    """Say in words why `ip` is not a public address, or give None where it is one."""
    if isinstance(ip, IPv4Address):
        return _why_not_public_4(ip)
    return _why_not_public_6(ip)


def _why_not_public_4(ip: IPv4Address) -> str | None:
    reason = next((words for network, words in NOT_PUBLIC_4.items() if ip in network), None)
    if reason is None and not ip.is_global:
        reason = "is not routed on the public internet"
    return reason and f"{ip} {reason}"


def _why_not_public_6(ip: IPv6Address) -> str | None:
    if ip.scope_id is not None:
        return f"{ip} names a network interface of this machine"
    reason = next((words for network, words in NOT_PUBLIC_6.items() if ip in network), None)
    if reason is None and (ip not in GLOBAL_UNICAST_6 or not ip.is_global):
        reason = "is not routed on the public internet"
    return reason and f"{ip} {reason}"
