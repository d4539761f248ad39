"""NCMEC's hash sharing, version 2: pages of XML for a window of time, each naming the next. All times are UTC.

The window is asked for as it is, and read to its end. It begins a little before the last one ended, because the other
clock may differ and entries do not come in the order of time; what is read again changes nothing.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Final
from urllib.parse import urlencode

from haetae.common.foreign import ForeignPage, ForeignRecord, Position, SetAside
from haetae.common.outbound import Fetched
from haetae.common.wires import BadWireError, moment_of, second_of
from haetae.common.xml import Element, child, tree_of
from haetae.connectors.exchange.client import BadSecretError, Client, not_a_page

_OVERLAP_S: Final = 3_600
_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
_NEXT: Final = re.compile(r"/v2/[\x21-\x7e]{1,1500}")
_MEMBER: Final = re.compile(r"[\x21-\x7e]{1,30}")
_ID: Final = re.compile(r"[\x21-\x7e]{1,80}")
_GROUPS: Final = {"images": ("image", "deletedImage"), "videos": ("video", "deletedVideo")}
_DIGITS: Final = {"pdq": 64, "md5": 32}


class NcmecClient(Client):
    """Its secret is `user:password`."""

    wire: ClassVar[str] = "ncmec"

    @classmethod
    def headers(cls, secret: str) -> Mapping[str, str]:
        if not re.fullmatch(r"[^:\s]{1,120}:\S{1,200}", secret.strip()):
            raise BadSecretError("One line is needed: user:password.")
        shown = base64.b64encode(secret.strip().encode()).decode()
        return {"authorization": f"Basic {shown}"}

    def fetch(self, at: Position, *, now: datetime, most: int) -> ForeignPage:  # noqa: ARG002 - the server decides how many
        if at.since_s > second_of(now):
            # A clock that had run ahead left it there, and the window would stay empty. What is read twice is no harm.
            at = Position()
        until_s = second_of(now) if at.until_s is None else at.until_s
        window = {"from": _text(at.since_s), "to": _text(max(until_s, at.since_s))}
        answer = self._ask(at.following or "/v2/entries?" + urlencode(window), at=at)
        return read(answer, at=at, until_s=until_s)


def read(answer: Fetched, *, at: Position, until_s: int) -> ForeignPage:
    """The page in an answer. Raises UnreachableError (`not_a_page`)."""
    try:
        root = tree_of(answer.body)
        if root.tag != "queryResult":
            raise BadWireError("queryResult", "The document must begin with it.")
        following = _following(root)
    except BadWireError as problem:
        raise not_a_page(answer, field=problem.field, words=problem.words) from problem
    records: list[ForeignRecord] = []
    set_aside: list[SetAside] = []
    not_held = 0
    for place, row, is_film in _rows(root):
        try:
            found = _record(row, place=place, is_film=is_film)
        except BadWireError as problem:
            set_aside.append(SetAside(field=problem.field, words=problem.words))
            continue
        records.append(found)
        not_held += found.is_live and not (found.pdq or found.md5)
    if following:
        after = Position(since_s=at.since_s, until_s=until_s, following=following)
    else:
        after = Position(since_s=max(at.since_s, until_s - _OVERLAP_S))
    return ForeignPage(
        records=records, after=after, more=bool(following), not_held=not_held, set_aside=set_aside
    )


def _following(root: Element) -> str:
    named = root.findtext("paging/next")
    text = (named or "").strip()
    # What follows is asked with our password: it stays below the address that an administrator has named.
    if text and (not _NEXT.fullmatch(text) or ".." in text or "\\" in text):
        raise BadWireError("paging.next", "A path that begins with /v2/ is needed.")
    return text


def _rows(root: Element) -> Iterator[tuple[str, Element, bool]]:
    """Each element in a group, with its place in the page and whether it is a film."""
    for name in _GROUPS:
        group = child(root, name)
        for number, row in enumerate(() if group is None else group):
            yield f"{name}[{number}]", row, name == "videos"


def _record(row: Element, *, place: str, is_film: bool) -> ForeignRecord:
    """Without a hash where it has none that our bank can hold. Raises BadWireError."""
    live, deleted = _GROUPS["videos" if is_film else "images"]
    if row.tag not in {live, deleted}:
        raise BadWireError(place, f"{live} or {deleted} is needed.")
    member = child(row, "member")
    member_id = "" if member is None else member.get("id", "")
    entry_id = (row.findtext("id") or "").strip()
    if not _MEMBER.fullmatch(member_id):
        raise BadWireError(f"{place}.member", "An id of 1 to 30 characters is needed.")
    if not _ID.fullmatch(entry_id):
        raise BadWireError(f"{place}.id", "An id of 1 to 80 characters is needed.")
    key = f"{member_id}-{entry_id}"
    if row.tag == deleted:
        return ForeignRecord(foreign_id=key, is_live=False, is_film=is_film)
    prints = child(row, "fingerprints")
    pdq = "" if is_film else _hash(prints, "pdq", place=place)
    md5 = _hash(prints, "md5", place=place)
    return ForeignRecord(foreign_id=key, is_live=True, is_film=is_film, pdq=pdq, md5=md5)


def _hash(prints: Element | None, name: str, *, place: str) -> str:
    text = ("" if prints is None else prints.findtext(name) or "").strip()
    if text and not re.fullmatch(rf"[0-9a-fA-F]{{{_DIGITS[name]}}}", text):
        raise BadWireError(f"{place}.fingerprints.{name}", f"{_DIGITS[name]} hex digits are needed.")
    return text.lower()


def _text(second: int) -> str:
    return moment_of(second, field="from").strftime(_FORMAT)
