from ipaddress import ip_address

import pytest

from haetae.common.outbound import why_not_public


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1", "loopback"),
        ("0.0.0.0", "this machine"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "provider"),
        ("169.254.169.254", "metadata"),
        ("168.63.129.16", "control plane"),
        ("192.0.0.192", "protocols"),
        ("192.88.99.1", "6to4"),
        ("198.19.0.1", "measuring"),
        ("203.0.113.9", "documentation"),
        ("239.1.1.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::1", "loopback"),
        ("::", "this machine"),
        ("::ffff:8.8.8.8", "hides an IPv4"),
        ("::ffff:0:8.8.8.8", "not routed"),
        ("64:ff9b::808:808", "translator"),
        ("2001::1", "tunnels"),
        ("2002:808:808::1", "6to4"),
        ("2001:db8::1", "documentation"),
        ("3fff::1", "documentation"),
        ("fd00::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "interface"),
        ("2606:4700::1%eth0", "interface"),
        ("fec0::1", "site-local"),
        ("ff0e::1", "multicast"),
        ("4000::1", "not routed"),
        ("100::1", "not routed"),
        ("5f00::1", "not routed"),
    ],
)
def test_an_address_that_is_not_public_is_told_apart_with_its_reason(address: str, reason: str) -> None:
    words = why_not_public(ip_address(address))
    assert words is not None
    assert reason in words


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "1.1.1.1", "172.32.0.1", "100.128.0.1", "192.0.1.1", "223.255.255.255",
     "168.63.129.17", "2606:4700::6810:84e5", "2001:200::1", "2a00:1450:4001::1", "2400:cb00::1"],
)  # fmt: skip
def test_a_public_address_is_given_no_reason(address: str) -> None:
    assert why_not_public(ip_address(address)) is None
