"""One address, read once by one reader; whatever connects afterwards works from the parts alone."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import quote

from .address import IPAddress, why_not_public
from .errors import RefusedByRule, Rule
from .host import ip_of, read_host, why_local_name

LONGEST_URL = 2_048  # characters
DEFAULT_PORTS = {"http": 80, "https": 443}
PUBLIC_PORTS = frozenset(DEFAULT_PORTS.values())
FORBIDDEN_CATEGORIES = frozenset(
    {"Cc", "Cs", "Zs", "Zl", "Zp"}
)  # control, half a surrogate pair, any kind of space
SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?P<port>:.*)?")
PORT = re.compile(r":([1-9][0-9]{0,4})", re.ASCII)
KEPT_IN_PATH = "!$%&'()*+,/:;=?@[]~"  # everything else beyond letters, digits and `-._` is percent-encoded


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: the unit in which an administrator registers a platform."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `http://127.0.0.1:8801`; an origin has no path. Raises RefusedByRule."""
        target = _read(text)
        if target.path_and_query != "/":
            raise RefusedByRule(
                Rule.UNCLEAR, "An origin is scheme, host and port only; leave out everything after them."
            )
        return cls(scheme=target.scheme, host=target.host, port=target.port)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header names them: the port only where it is not the scheme's own."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Target:
    """An address in parts, all ASCII: `host` in lower case (IPv6 in brackets), `path_and_query` from `/` on.

    `registered`: an administrator registered this exact origin, so port and address rules do not apply.
    """

    scheme: str
    host: str
    port: int
    path_and_query: str
    registered: bool = False

    @property
    def origin(self) -> Origin:
        return Origin(scheme=self.scheme, host=self.host, port=self.port)

    @property
    def url(self) -> str:
        return f"{self.origin}{self.path_and_query}"

    @property
    def ip(self) -> IPAddress | None:
        """The address itself where the host is one, None where it is a name that must be resolved."""
        return ip_of(self.host)


def parse_target(url: str, *, allowed_origins: AbstractSet[Origin] = frozenset()) -> Target:
    """Read and judge an address without asking anybody. Raises RefusedByRule with the reason in words."""
    target = _read(url)
    if target.origin in allowed_origins:
        return replace(target, registered=True)
    if target.port not in PUBLIC_PORTS:
        raise RefusedByRule(
            Rule.PORT, f"The address names port {target.port}; only ports 80 and 443 are opened."
        )
    ip = target.ip
    if ip is None:
        refuse_if(Rule.LOCAL_NAME, why_local_name(target.host))
    else:
        refuse_if(Rule.ADDRESS, why_not_public(ip))
    return target


def refuse_if(rule: Rule, reason: str | None) -> None:
    """Raise RefusedByRule where there is a reason to."""
    if reason is not None:
        raise RefusedByRule(rule, f"Only public addresses are opened: {reason}.")


def refuse_unsafe_characters(text: str) -> None:
    """Refuse what clients read differently: backslashes, control characters, spaces of every kind."""
    for character in text:
        if character == "\\" or unicodedata.category(character) in FORBIDDEN_CATEGORIES:
            raise RefusedByRule(
                Rule.CHARACTERS,
                f"The address contains {character!r}; write it without backslashes, spaces or controls.",
            )


def _read(url: str) -> Target:
    if len(url) > LONGEST_URL:
        raise RefusedByRule(
            Rule.TOO_LONG, f"The address has {len(url)} characters; at most {LONGEST_URL} are read."
        )
    refuse_unsafe_characters(url)
    scheme = SCHEME.match(url)
    if scheme is None:
        raise RefusedByRule(Rule.SCHEME, "The address must begin with https:// or http://.")
    authority, path_and_query = _split(url[scheme.end() :])
    name = scheme[1].lower()
    host, port = _read_authority(authority, default_port=DEFAULT_PORTS[name])
    return Target(scheme=name, host=host, port=port, path_and_query=path_and_query)


def _split(rest: str) -> tuple[str, str]:
    """Part the authority from path and query; the fragment is for browsers and never travels."""
    rest = rest.partition("#")[0]
    end = next((index for index, character in enumerate(rest) if character in "/?"), len(rest))
    path_and_query = rest[end:]
    if not path_and_query.startswith("/"):
        path_and_query = "/" + path_and_query
    return rest[:end], quote(path_and_query, safe=KEPT_IN_PATH)


def _read_authority(authority: str, *, default_port: int) -> tuple[str, int]:
    if "@" in authority:
        raise RefusedByRule(
            Rule.USERINFO, "The address carries a user name before '@'; write the host straight after '//'."
        )
    parts = AUTHORITY.fullmatch(authority)
    if parts is None:
        raise RefusedByRule(
            Rule.HOST, f"The host {authority!r} cannot be read; write it as name or name:port."
        )
    host = read_host(parts["host"])
    return host, default_port if parts["port"] is None else _read_port(parts["port"])


def _read_port(text: str) -> int:
    number = PORT.fullmatch(text)
    if number is None or int(number[1]) > 65_535:
        raise RefusedByRule(
            Rule.PORT,
            f"The port {text[1:]!r} is not a port; write a plain number from 1 to 65535, or leave it out.",
        )
    return int(number[1])
