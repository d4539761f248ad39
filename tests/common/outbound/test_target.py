from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haetae.common.outbound import Origin, RefusedByRule, parse_target

# `{port}` stands for the port of something that listens on this machine.
HOSTILE = {
    "another way to write loopback": (
        "http://127.0.0.1:{port}/",
        "http://LOCALHOST:{port}/",
        "http://localhost.:{port}/",
        "http://a.localhost:{port}/",
        "http://127.0.0.1.:{port}/",
        "http://127.127.127.127:{port}/",
        "http://127.1:{port}/",
        "http://0:{port}/",
        "http://0x7f000001:{port}/",
        "http://0x7f.1:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://2130706433:{port}/",
        "http://[::]:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:7f00:1]:{port}/",
        "http://[::127.0.0.1]:{port}/",
        "http://[64:ff9b::7f00:1]:{port}/",
        "http://[2002:7f00:1::]:{port}/",
        "http://[::1%25lo]:{port}/",
        "http://[::1%lo]:{port}/",
        "http://①②⑦.⓪.⓪.①:{port}/",
        "http://127。0。0。1:{port}/",
        "http://１２７.0.0.1:{port}/",
        "http://١٢٧.0.0.1:{port}/",
        "http://ⓛocalhost.kr:{port}/",
        "http://%31%32%37.0.0.1:{port}/",
    ),
    "a private address or a cloud's metadata": (
        "http://[fd00:ec2::254]/",
        "http://169.254.169.254/latest/",
        "http://2852039166/",
        "http://100.100.100.200/",
        "http://168.63.129.16/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://192.0.0.192/",
        "http://224.0.0.1/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[2001:db8::1]/",
        "http://[3fff::1]/",
        "http://router.local/",
        "http://metadata.google.internal/",
        "http://nas.home.arpa/",
        "http://intranet/",
    ),
    "something that clients read differently": (
        "http://good.example:80@127.0.0.1:{port}/",
        "http://good.example\\@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}%2f@good.example/",
        "http:///127.0.0.1:{port}/",
        "http:/127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\t/",
        "http://127.0.0.1\r\n:{port}/",
        "http://127.0.0.1\\r\\n:{port}/",
        " http://good.example/",
        "http://good.example/a b",
        "http://good.example/\u2028",
        "http://good.example\u00a0/",
        "http://good\u00ad.example/",
        "http://user:pass@good.example/",
        "http://@good.example/",
        "http://[::1]x:80/",
        "http://१२७.kr/",
        "http://good.\u212ar/",  # the Kelvin sign
        "http://good｡example/",
        "http://a:80:80/",
        "http://good..example/",
        "http://-good.example/",
        "http://?/",
        "http://" + "a" * 64 + ".example/",
        "http://good.example/" + "a" * 2_048,
        "",
    ),
    "no web address": (
        "file://localhost/etc/passwd",
        "gopher://127.0.0.1:{port}/_x",
        "jar:http://127.0.0.1:{port}!/",
        "ldap://127.0.0.1/",
        "http+unix://%2fvar%2frun%2fx/",
        "blob:http://good.example/x",
        "data:text/plain,x",
        "//127.0.0.1:{port}/",
        "good.example/",
    ),
    "no port of the web": (
        "http://good.example:22/",
        "http://good.example:5432/",
        "http://good.example:65536/",
        "http://good.example:0/",
        "http://good.example:080/",
        "http://good.example:/",
        "http://good.example:８０/",
    ),
}
HOSTILE_URLS = [
    url.replace("{port}", port) for urls in HOSTILE.values() for url in urls for port in ("P", "80", "8801")
]


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_a_hostile_address_is_refused_with_a_reason_in_words(url: str) -> None:
    with pytest.raises(RefusedByRule) as refusal:
        parse_target(url)
    assert refusal.value.words.endswith(".")
    assert " " in refusal.value.words


@pytest.mark.parametrize(
    ("url", "rebuilt"),
    [
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("HTTPS://EXAMPLE.com:443/A", "https://example.com/A"),
        ("http://example.com:443", "http://example.com:443/"),
        ("https://example.com?b#c", "https://example.com/?b"),
        ("http://[2606:4700:0::6810:84e5]/", "http://[2606:4700::6810:84e5]/"),
        ("https://한국.kr/", "https://xn--3e0b707e.kr/"),
        ("https://\u1112\u1161\u11ab\u1100\u116e\u11a8.kr/", "https://xn--3e0b707e.kr/"),
        ("https://xn--3e0b707e.kr/가", "https://xn--3e0b707e.kr/%EA%B0%80"),
        ("https://some_blog.example.com/%7Ea|b", "https://some_blog.example.com/%7Ea%7Cb"),
        ("https://example.com/@user:pass@x", "https://example.com/@user:pass@x"),
    ],
)
def test_an_ordinary_public_address_passes_and_is_rebuilt_from_its_parts(url: str, rebuilt: str) -> None:
    assert parse_target(url).url == rebuilt
    assert parse_target(rebuilt) == parse_target(url)


INSIDE = [
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/4",
    )
]
inside = st.sampled_from(INSIDE).flatmap(
    lambda network: st.integers(int(network.network_address), int(network.broadcast_address))
)


def notations(number: int) -> list[str]:
    a, b, c, d = IPv4Address(number).packed
    dotted = f"{a}.{b}.{c}.{d}"
    high, low = number >> 16, number & 0xFFFF
    return [
        dotted,
        f"{dotted}.",
        str(number),
        f"{number:#x}",
        f"{number:#X}",
        f"0{number:o}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{b}.{c * 256 + d}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a:#x}.{b}.0{c:o}.{d}",
        f"{a:03}.{b:03}.{c:03}.{d:03}0",
        dotted.replace(".", "。"),
        dotted.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        f"[::ffff:{dotted}]",
        f"[::ffff:0:{high:x}:{low:x}]",
        f"[::{dotted}]",
        f"[64:ff9b::{high:x}:{low:x}]",
        f"[64:ff9b:1::{high:x}:{low:x}]",
        f"[2002:{high:x}:{low:x}::1]",
    ]


@given(number=inside)
def test_no_address_inside_passes_in_any_notation(number: int) -> None:
    for host in notations(number):
        for url in (f"http://{host}/", f"https://{host}:443/x"):
            with pytest.raises(RefusedByRule):
                parse_target(url)


@given(number=st.integers(0, 2**32 - 1))
def test_only_the_plain_notation_of_any_address_is_read_at_all(number: int) -> None:
    for host in notations(number)[1:]:
        with pytest.raises(RefusedByRule):
            parse_target(f"http://{host}/")


@given(url=st.text() | st.from_regex(r"https?://[^/]{0,20}/.{0,20}", fullmatch=True))
def test_any_text_is_either_refused_or_read_the_same_way_again(url: str) -> None:
    try:
        target = parse_target(url)
    except RefusedByRule:
        return
    assert target.url.isascii()
    assert target.port in {80, 443}
    assert parse_target(target.url) == target


def test_a_registered_origin_is_exact_in_scheme_host_and_port() -> None:
    allowed = frozenset({Origin.parse("http://127.0.0.1:8801")})
    assert parse_target("http://127.0.0.1:8801/board?p=1", allowed_origins=allowed).registered
    for neighbour in (
        "https://127.0.0.1:8801/",
        "http://127.0.0.1:8802/",
        "http://127.0.0.2:8801/",
        "http://localhost:8801/",
        "http://x@127.0.0.1:8801/",
        "http://2130706433:8801/",
    ):
        with pytest.raises(RefusedByRule):
            parse_target(neighbour, allowed_origins=allowed)
    assert not parse_target("http://example.com/", allowed_origins=allowed).registered


def test_an_origin_is_written_as_it_is_read() -> None:
    assert str(Origin.parse("http://127.0.0.1:8801/")) == "http://127.0.0.1:8801"
    assert str(Origin.parse("https://Synapse:443")) == "https://synapse"
    with pytest.raises(RefusedByRule, match="leave out everything"):
        Origin.parse("http://127.0.0.1:8801/path")
