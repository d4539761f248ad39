"""The XML of NCMEC's hash sharing, version 2, as python-threatexchange 1.2.17 reads it: built and read. Pure.

An entry is keyed by member and id; the same again replaces it, and a `deleted...` one ends it. Times are UTC.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from haetae.common.wires import BadWireError
from haetae.common.xml import child, tree_of
from haetae.hashbank.exchange.reading import tags_in
from haetae.hashbank.states import Feedback, Media

NAMESPACE: Final = "https://hashsharing.ncmec.org/hashsharing/v2"
MEMBER: Final = 1  # this installation is one member: who submitted what to us is not passed on
MEMBER_NAME: Final = "haetae"
_ANOTHER: Final = (2, "another")
_YOURSELF: Final = 3
_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"
_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z", re.ASCII)
_REASONS_MOST: Final = 20


class Fingerprint(StrEnum):
    """The kinds of hash that we have, as the wire names them when it speaks of feedback."""

    MD5 = "MD5"
    PDQ = "PDQ"


# guid -> (name for people, tag in our bank). A reason that is not here is refused by its field.
REASONS: Final = {
    "haetae-not-this-picture": ("Another picture", "not_this_picture"),
    "haetae-not-intimate": ("Nothing intimate in it", "not_intimate"),
    "haetae-with-consent": ("Published by the person in it", "with_consent"),
    "haetae-other": ("Another reason", "other"),
}


@dataclass(frozen=True, kw_only=True)
class Vote:
    """Yes or no to one entry; `mine` when the reader said it."""

    fingerprint: Fingerprint
    positive: bool
    mine: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry as the wire shows it; a deleted one shows no hash."""

    entry_id: str
    media: Media
    changed_at: datetime
    deleted: bool
    md5: str = ""
    pdq: str = ""
    votes: Sequence[Vote] = field(default=())


def time_in(text: str | None, *, name: str) -> datetime:
    """A moment as the wire writes it, which is UTC wherever anybody is. Raises BadWireError."""
    if text is not None and _TIME.fullmatch(text):
        try:
            return datetime.strptime(text[:19] + "Z", _FORMAT).replace(tzinfo=UTC)
        except ValueError:
            pass
    raise BadWireError(name, "A moment in UTC is needed, as 2026-11-22T15:57:55Z.")


def time_text(moment: datetime) -> str:
    """The whole second, in UTC."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def entries(items: Sequence[Item], *, reader: str, next_path: str | None) -> bytes:
    """The answer to `entries`; `next_path` begins with /v2/ and is appended to the base as it stands."""
    root = Element("queryResult", xmlns=NAMESPACE)
    for media, many, one in ((Media.IMAGE, "images", "image"), (Media.FILM, "videos", "video")):
        of_kind = [item for item in items if item.media is media]
        group = SubElement(root, many, count=str(len(of_kind)))
        if of_kind:
            group.set("maxTimestamp", time_text(max(item.changed_at for item in of_kind)))
        for item in of_kind:
            _add(group, item, name=one, reader=reader)
    if next_path is not None:
        SubElement(SubElement(root, "paging"), "next").text = next_path
    return _bytes(root)


def _add(group: Element, item: Item, *, name: str, reader: str) -> None:
    row = SubElement(group, f"deleted{name.capitalize()}" if item.deleted else name)
    SubElement(row, "member", id=str(MEMBER)).text = MEMBER_NAME
    SubElement(row, "timestamp").text = time_text(item.changed_at)
    SubElement(row, "id").text = item.entry_id
    if item.deleted:
        return
    prints = SubElement(row, "fingerprints")
    for kind, value in (("md5", item.md5), ("pdq", item.pdq)):
        if value:
            SubElement(prints, kind).text = value
    if item.votes:
        _add_votes(SubElement(row, "feedback"), item.votes, reader=reader)


def _add_votes(parent: Element, votes: Sequence[Vote], *, reader: str) -> None:
    for vote in votes:
        name = "affirmativeFeedback" if vote.positive else "negativeFeedback"
        said = SubElement(parent, name, type=vote.fingerprint)
        holder = said
        if not vote.positive:
            holder = SubElement(said, "reasons")
            SubElement(holder, "reason", guid=_guid_of(vote.reason), name=vote.reason, type=vote.fingerprint)
        number, who = (_YOURSELF, reader) if vote.mine else _ANOTHER
        SubElement(SubElement(holder, "members"), "member", id=str(number)).text = who


def _guid_of(tag: str) -> str:
    return next((guid for guid, (_, known) in REASONS.items() if known == tag), "haetae-other")


def status(*, reader: str, address: str) -> bytes:
    """Who asks, in our eyes."""
    root = Element("status", xmlns=NAMESPACE)
    SubElement(root, "ipAddress").text = address
    SubElement(root, "username").text = reader
    SubElement(root, "member", id=str(_YOURSELF)).text = reader
    return _bytes(root)


def members(*, reader: str) -> bytes:
    """Whoever is named anywhere on this wire."""
    root = Element("members", xmlns=NAMESPACE)
    for number, name in ((MEMBER, MEMBER_NAME), _ANOTHER, (_YOURSELF, reader)):
        SubElement(root, "member", id=str(number)).text = name
    return _bytes(root)


def reasons(fingerprint: Fingerprint) -> bytes:
    """Why an entry may be wrong. Clients look for the list below the root."""
    root = Element("feedbackReasons", xmlns=NAMESPACE)
    available = SubElement(root, "availableFeedbackReasons")
    for guid, (name, _) in REASONS.items():
        SubElement(available, "reason", guid=guid, name=name, type=fingerprint)
    return _bytes(root)


def accepted() -> bytes:
    """A vote was kept."""
    return _bytes(Element("feedbackSubmissionResult", xmlns=NAMESPACE))


def refusal(*, code: str, field_name: str, words: str) -> bytes:
    """What was wrong, where, and what would be right."""
    root = Element("error", xmlns=NAMESPACE)
    SubElement(root, "code").text = code
    SubElement(root, "field").text = field_name
    SubElement(root, "message").text = words
    return _bytes(root)


def vote_in(body: bytes) -> tuple[Feedback, tuple[str, ...]]:
    """What a feedbackSubmission says, with our tags for its reasons. Raises BadWireError."""
    root = tree_of(body)
    if root.tag != "feedbackSubmission":
        raise BadWireError("feedbackSubmission", "The document must begin with it.")
    yes, no = child(root, "affirmative"), child(root, "negative")
    if (yes is None) == (no is None):
        raise BadWireError("feedbackSubmission", "Say affirmative or negative, one of them.")
    if no is None:
        return Feedback.BLOCKED, ()
    return Feedback.NOT_BLOCKED, tags_in(list(_tags(no)), field="reasonIds")


def _tags(no: Element) -> Iterator[str]:
    ids = child(no, "reasonIds")
    guids = [] if ids is None else [one.text for one in ids if one.tag == "guid"]
    if not 1 <= len(guids) <= _REASONS_MOST:
        raise BadWireError("reasonIds", f"1 to {_REASONS_MOST} reasons of feedback/.../reasons are needed.")
    for guid in guids:
        if guid not in REASONS:
            raise BadWireError("reasonIds.guid", f"Use one of {', '.join(REASONS)}.")
        yield REASONS[guid][1]


def _bytes(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
