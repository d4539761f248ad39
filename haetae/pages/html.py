"""Reads the pictures, links and words out of a page with selectolax. Runs in a reader's child process only.

A tree takes quadratic time over deep nesting or many attributes: half a megabyte of nothing but <div> took 26 seconds.
That is why it is built behind a limit of processor time and not in the process that called.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from haetae.pages import addresses
from haetae.pages.facts import (
    MOST_INVITATIONS,
    MOST_LINKS,
    MOST_PICTURES,
    Asked,
    Found,
    FoundLink,
    Picture,
    Reading,
)
from haetae.pages.phrases import found_in

# Where a page that loads its pictures late keeps their addresses, in the order in which scripts look for them.
_LATE: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-full",
)
_LATE_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_NAMES: Final = (
    "og:image og:image:url og:image:secure_url twitter:image twitter:image:src og:video og:video:url"
)
_DECLARED: Final = frozenset(_NAMES.split())
_PICTURES: Final = (
    "img, amp-img, source, video, input[type=image], image, embed, object, meta[content], link[rel],"
    " [style*='url('], a[href], area[href]"
)
_LINKS: Final = "a[href], area[href], iframe[src], frame[src], link[rel][href], meta[http-equiv]"
_FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+xml"})
_UNSEEN: Final = ["script", "style", "template", "noscript", "svg", "head"]
_IN_STYLE: Final = re.compile(
    r"""url\(\s{0,8}(?:"([^"]{1,2048})"|'([^']{1,2048})'|([^\s"')]{1,2048}))""", re.IGNORECASE
)
_REFRESH: Final = re.compile(r"""^\s*[0-9.]{1,8}\s*[;,]\s*url\s*=\s*["']?([^"']+)""", re.IGNORECASE)
_MOST_ELEMENTS: Final = 20_000  # of each sort; a page with more is read so far
_SMALLEST_PX: Final = 48  # what says that it is smaller is a button; no hash tells anything of it
_STEPS_UP: Final = 12  # from a picture to the entry that it stands in


@dataclass(kw_only=True)
class _Page:
    """What has been found so far, in the order of the page; a dict keeps the first of equal ones."""

    base: str
    pictures: dict[str, str] = field(default_factory=dict)
    more: bool = False

    def full(self, address: str | None) -> str | None:
        return addresses.absolute(address, base=self.base) if address else None

    def shows(self, address: str | None, *, page_url: str) -> None:
        full = self.full(address)
        if full is None or full in self.pictures or full.lower().endswith((".svg", ".ico")):
            return
        if len(self.pictures) >= MOST_PICTURES:
            self.more = True
            return
        self.pictures[full] = page_url


def read_page(text: str, *, asked: Asked) -> Found:
    """Everything that a page, an open channel's preview or a list of results holds."""
    tree = LexborHTMLParser(text)
    page = _Page(base=_base(tree, asked.url))
    page_of = _PageOf(page, asked, owners=_owners(page, asked, tree))
    nodes = tree.css(_PICTURES)
    page.more = len(nodes) > _MOST_ELEMENTS
    for node in nodes[:_MOST_ELEMENTS]:
        for address in _shown_by(node):
            page.shows(address, page_url=page_of(node))
    links, invitations, more = _links(tree, page, asked)
    return Found(
        pictures=tuple(Picture(media_url=media, page_url=url) for media, url in page.pictures.items()),
        links=links,
        invitations=invitations,
        phrases=found_in(_words(tree), phrases=asked.phrases) if asked.phrases else frozenset(),
        more=page.more or more,
    )


def _base(tree: LexborHTMLParser, url: str) -> str:
    named = tree.css_first("base[href]")
    address = named.attributes.get("href") if named else None
    return (addresses.absolute(address, base=url) if address else None) or url


def _shown_by(node: LexborNode) -> Iterator[str | None]:
    """The addresses of media that one element names; of one picture in several sizes the largest."""
    attributes, tag = node.attributes, node.tag
    if tag == "meta":
        if {(attributes.get(key) or "").lower() for key in ("property", "name")} & _DECLARED:
            yield attributes.get("content")
        return
    if tag == "link":
        relation = (attributes.get("rel") or "").lower().split()
        if "image_src" in relation or ("preload" in relation and attributes.get("as") == "image"):
            yield attributes.get("href")
        return
    if tag in {"a", "area"} and addresses.names_media(attributes.get("href") or ""):
        yield attributes.get("href")
    if _is_small(attributes):
        return
    if tag not in {"a", "area"}:
        yield from (
            attributes.get(name) for name in ("src", *_LATE, "poster", "href", "data") if attributes.get(name)
        )
        yield from (_largest(attributes[name] or "") for name in _LATE_SETS if attributes.get(name))
    for found in _IN_STYLE.finditer(attributes.get("style") or ""):
        yield found[1] or found[2] or found[3]


def _is_small(attributes: dict[str, str | None]) -> bool:
    sizes = (
        re.match(r"\s*(\d{1,5})\s*(?:px)?\s*$", attributes.get(name) or "") for name in ("width", "height")
    )
    return any(size is not None and int(size[1]) < _SMALLEST_PX for size in sizes)


def _largest(candidates: str) -> str | None:
    """Of a srcset: the address with the greatest width or density."""
    best, most = None, -1.0
    for candidate in re.split(r",\s+|,(?=https?:)", candidates)[:64]:
        address, _, size = candidate.strip().rstrip(",").partition(" ")
        try:
            worth = float(size.strip().rstrip("wxh") or 1)
        except ValueError:
            worth = 0.0
        if address and worth > most:
            best, most = address, worth
    return best


class _PageOf:
    """Which page shows a picture: its own, where the markup names one, or else the page that is read.

    An entry of a list stands under a date that leads to its page; elsewhere a picture itself is a link to it.
    """

    def __init__(self, page: _Page, asked: Asked, *, owners: dict[int, str | None]) -> None:
        self._page, self._asked, self._owners = page, asked, owners

    def __call__(self, node: LexborNode) -> str:
        if self._asked.reading is Reading.SEARCH:
            return self._asked.url
        at: LexborNode | None = node
        linked = None
        for _ in range(_STEPS_UP):
            if at is None:
                break
            if at.mem_id in self._owners:
                return self._owners[at.mem_id] or linked or self._asked.url
            if linked is None and at.tag == "a" and at is not node:
                linked = self._leads_to(at)
            at = at.parent
        return linked or self._asked.url

    def _leads_to(self, link: LexborNode) -> str | None:
        url = self._page.full(link.attributes.get("href"))
        own = url is not None and addresses.authority(url) == addresses.authority(self._asked.url)
        return url if url is not None and own and addresses.is_worth_a_visit(url) else None


def _owners(page: _Page, asked: Asked, tree: LexborHTMLParser) -> dict[int, str | None]:
    """Element -> the page of the one entry in it; None where there are several. Empty for a page of one entry."""
    owners: dict[int, str | None] = {}
    leading = set()
    for date in tree.css("a[href] time")[:MOST_PICTURES]:
        at: LexborNode | None = date.parent
        while at is not None and at.tag != "a":
            at = at.parent
        url = page.full(at.attributes.get("href")) if at is not None else None
        if at is None or url is None or addresses.authority(url) != addresses.authority(asked.url):
            continue
        leading.add(url)
        for _ in range(_STEPS_UP):
            at = at.parent
            if at is None:
                break
            # Whatever holds two entries is a list of them and belongs to neither.
            owners[at.mem_id] = url if owners.get(at.mem_id, url) == url else None
    return owners if len(leading) > 1 else {}


def _links(
    tree: LexborHTMLParser, page: _Page, asked: Asked
) -> tuple[tuple[FoundLink, ...], tuple[str, ...], bool]:
    """Links that may be followed, and open channels that are named; whether there were more."""
    links: dict[str, Reading] = {}
    invitations: dict[str, None] = {}
    nodes = tree.css(_LINKS)
    for node in nodes[:_MOST_ELEMENTS]:
        address, reading = _leads_to(node)
        full = page.full(address)
        if full is None:
            continue
        if addresses.is_open_channel(full):
            invitations.setdefault(full)
        if not (
            asked.links and addresses.is_within(full, hosts=asked.hosts) and addresses.is_worth_a_visit(full)
        ):
            continue
        spelt = addresses.one_spelling(full)
        if spelt is not None:
            links.setdefault(spelt, reading)
    more = len(nodes) > _MOST_ELEMENTS or len(links) > MOST_LINKS or len(invitations) > MOST_INVITATIONS
    kept = [FoundLink(url=url, reading=reading) for url, reading in links.items()][:MOST_LINKS]
    return tuple(kept), tuple(invitations)[:MOST_INVITATIONS], more


def _leads_to(node: LexborNode) -> tuple[str | None, Reading]:
    attributes = node.attributes
    if node.tag == "meta":
        told = (
            _REFRESH.match(attributes.get("content") or "")
            if _says(attributes, "http-equiv", "refresh")
            else None
        )
        return told and told[1], Reading.PAGE
    if node.tag == "link":
        relation = (attributes.get("rel") or "").lower().split()
        if "alternate" in relation and (attributes.get("type") or "").lower() in _FEEDS:
            return attributes.get("href"), Reading.FEED
        return (attributes.get("href") if {"next", "prev"} & set(relation) else None), Reading.PAGE
    return attributes.get("href") or attributes.get("src"), Reading.PAGE


def _says(attributes: dict[str, str | None], name: str, value: str) -> bool:
    return (attributes.get(name) or "").strip().lower() == value


def _words(tree: LexborHTMLParser) -> str:
    """What a reader sees or is read to: the title, the text, and what stands in for pictures."""
    title = tree.css_first("title")
    spoken = [title.text() if title else ""]
    spoken += [node.attributes.get("alt") or "" for node in tree.css("img[alt]")[:_MOST_ELEMENTS]]
    tree.strip_tags(_UNSEEN, recursive=True)
    spoken.append(tree.body.text(separator=" ") if tree.body else "")
    return "\n".join(spoken)
