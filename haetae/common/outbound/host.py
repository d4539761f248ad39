"""What may stand as the host of an address: a plain name, plain IPv4, or IPv6 in brackets."""

import re
import unicodedata
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from .address import IPAddress
from .errors import RefusedByRule, Rule

LONGEST_NAME = 253  # characters, RFC 1035 without the final dot
LABEL = re.compile(
    r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)  # `_` is no host name by RFC 952, yet lives on the web
A_NUMBER = re.compile(
    r"[0-9]+|0x[0-9a-f]*"
)  # a last label like this makes the whole host an IPv4 notation (WHATWG URL)
OTHER_DOTS = frozenset("\u3002\uff0e\uff61")  # IDNA reads these as dots

# RFC 6761, RFC 6762, RFC 7686, RFC 8375, and the private-use name that ICANN reserved in 2024
LOCAL_SUFFIXES = ("localhost", "localdomain", "local", "internal", "home.arpa", "onion")


def read_host(text: str) -> str:
    """Give the one spelling of a host: a lower-case ASCII name, dotted IPv4, or IPv6 in brackets.

    Raises RefusedByRule for every other way to write one.
    """
    if not text:
        raise RefusedByRule(Rule.HOST, "The address names no host; write it as https://name/path.")
    if "%" in text:
        raise RefusedByRule(Rule.HOST, "The host contains '%'; write it without encoding and without a zone.")
    if text.startswith("["):
        return _read_bracketed(text)
    name = (text if text.isascii() else _to_ascii(text)).lower()
    labels = name.split(".")
    if A_NUMBER.fullmatch(labels[-1] or labels[-2 if len(labels) > 1 else -1]):
        return _read_dotted(name)
    if len(name) > LONGEST_NAME or not all(LABEL.fullmatch(label) for label in labels):
        raise RefusedByRule(
            Rule.HOST, f"The host {text!r} is not a plain name; write letters, digits and single dots only."
        )
    return name


def ip_of(host: str) -> IPAddress | None:
    """Give the address that a host from `read_host` is, or None where it is a name."""
    if host.startswith("["):
        return IPv6Address(host[1:-1])
    try:
        return IPv4Address(host)
    except AddressValueError:
        return None


def why_local_name(host: str) -> str | None:
    """Say why a name means something nearby rather than something public, or give None."""
    if "." not in host:
        return f"{host} has no dot, so it can only mean a machine nearby"
    for suffix in LOCAL_SUFFIXES:
        if host == suffix or host.endswith("." + suffix):
            return f"{host} ends in {suffix}, which never means a public machine"
    return None


def _read_bracketed(text: str) -> str:
    try:
        return f"[{IPv6Address(text[1:-1])}]" if text.endswith("]") else _refuse_notation(text)
    except AddressValueError:
        return _refuse_notation(text)


def _read_dotted(name: str) -> str:
    try:
        return str(IPv4Address(name))  # refuses short forms, leading zeros, hexadecimal and a final dot
    except AddressValueError:
        return _refuse_notation(name)


def _refuse_notation(text: str) -> str:
    raise RefusedByRule(
        Rule.NOTATION,
        f"The host {text!r} is an unusual way to write an IP address;"
        " write four decimal numbers, or IPv6 in brackets.",
    )


def _to_ascii(text: str) -> str:
    """Turn an international name into its `xn--` form (IDNA 2008); refuse what only looks like ASCII."""
    for character in text:
        if not character.isascii() and _reads_as_ascii(character):
            raise RefusedByRule(
                Rule.HOST,
                f"The host contains {character!r}, which can be read as another character; write it plainly.",
            )
    try:
        return idna.encode(unicodedata.normalize("NFC", text.lower())).decode("ascii")
    except idna.IDNAError as error:
        raise RefusedByRule(
            Rule.HOST, f"The host {text!r} is not a valid international name ({error})."
        ) from error


def _reads_as_ascii(character: str) -> bool:
    """Digits of any script, other dots, and whatever compatibility normalisation would turn into ASCII."""
    normalised = unicodedata.normalize("NFKC", character)
    return (
        character in OTHER_DOTS
        or unicodedata.category(character).startswith("N")
        or any(part.isascii() for part in normalised)
    )
