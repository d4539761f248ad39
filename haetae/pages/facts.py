"""What goes in and out of a reader, and how it travels between two processes. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

MOST_PICTURES: Final = 400
MOST_LINKS: Final = 2_000
MOST_INVITATIONS: Final = 100
LONGEST_ADDRESS: Final = 2_048  # characters, as at the door


class UnreadableError(Exception):
    """The bytes could not be read as what they should be. `why` is a code; nothing of the page is in it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Reading(StrEnum):
    """As what an address is read."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    CHANNEL = "channel"
    SEARCH = "search"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`charset` is the host's own word for it, `hosts` where links may lead: names, with the port where one is named.

    `phrases` are looked for by their ids. Without `links` none is given, and invitations are all the same.
    """

    url: str
    reading: Reading
    charset: str = ""
    links: bool = False
    hosts: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The media's address, and the page that shows it: a permanent page of its own where the markup names one."""

    media_url: str
    page_url: str


@dataclass(frozen=True, kw_only=True)
class FoundLink:
    url: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class Found:
    """`more`: the page holds more than a page may give; the rest was left."""

    pictures: tuple[Picture, ...] = ()
    links: tuple[FoundLink, ...] = ()
    invitations: tuple[str, ...] = ()
    phrases: frozenset[str] = frozenset()
    more: bool = False

    def as_bytes(self) -> bytes:
        facts = asdict(self) | {"phrases": sorted(self.phrases)}
        return json.dumps(facts).encode()

    @classmethod
    def read(cls, data: bytes, *, asked: Asked) -> Self:
        """A reader is not trusted: what it could not have found is refused. Raises ValueError."""
        facts = _dictionary(json.loads(data))
        found = cls(
            pictures=tuple(
                Picture(media_url=_address(one["media_url"]), page_url=_address(one["page_url"]))
                for one in _list(facts["pictures"], most=MOST_PICTURES)
            ),
            links=tuple(
                FoundLink(url=_address(one["url"]), reading=Reading(one["reading"]))
                for one in _list(facts["links"], most=MOST_LINKS)
            ),
            invitations=tuple(_address(one) for one in _list(facts["invitations"], most=MOST_INVITATIONS)),
            phrases=frozenset(asked.phrases.keys() & set(_list(facts["phrases"], most=len(asked.phrases)))),
            more=facts["more"] is True,
        )
        if found.links and not asked.links:
            raise ValueError("No links were asked for.")
        return found


def asked_as_bytes(asked: Asked) -> bytes:
    return json.dumps(asdict(asked) | {"hosts": sorted(asked.hosts), "phrases": dict(asked.phrases)}).encode()


def asked_of(data: bytes) -> Asked:
    facts = json.loads(data)
    return Asked(**facts | {"reading": Reading(facts["reading"]), "hosts": frozenset(facts["hosts"])})


def _dictionary(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("A reader's answer is an object.")
    return value


def _list(value: Any, *, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("A reader's answer holds lists of a known length.")
    return value


def _address(value: Any) -> str:
    if (
        not isinstance(value, str)
        or len(value) > LONGEST_ADDRESS
        or not value.startswith(("http://", "https://"))
    ):
        raise ValueError("A reader's answer holds addresses of the web.")
    return value
