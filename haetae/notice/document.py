"""The document notice/1: who asks whom for what, where, on what ground and until when. schema/ is its published form.

Hashes and addresses, never a picture; agencies, never a person: there is no field into which one could be written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

import rfc8785

FORM: Final = "notice/1"


class Asked(StrEnum):
    """What the recipient is asked to do."""

    DELETE = "delete"
    BLOCK_FOR_NOW = "block_for_now"
    RESTORE = "restore"
    DE_INDEX = "de_index"
    BLOCK_ACCESS = "block_access"
    REMOVE_FROM_CACHE = "remove_from_cache"


class Ground(StrEnum):
    """Why we say so. Nothing in it tells who reported, or whether anybody did."""

    KNOWN_PICTURE = "known_picture"  # its fingerprint is that of a picture that people have confirmed
    EXAMINED = "examined"  # it was examined, by people or under the limits that are set for machines
    DECIDED = "decided"  # the regulator's side has decided
    DOUBT = "doubt"  # it cannot be judged yet, and is to be hidden until it is decided
    NOT_HARMFUL = "not_harmful"  # it was decided that it may stay
    GONE = "gone"  # it is not there any more, and nothing is left that anybody should be kept from
    BLOCK_ENDED = (
        "block_ended"  # the time for which it was hidden has ended, and nothing was decided against it
    )


class Manipulated(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One thing said twice, each in its own grammar."""

    ko: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The agency that asks. `mailbox` is where its people are reached; empty where none was set up."""

    name: Text
    country: str
    mailbox: str
    site: str


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """`kind`: platform, host, cdn, search or access_provider."""

    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Basis:
    """On which article the issuer asks; `verified` is false where nobody could check the text in force."""

    basis_id: str
    article: str
    citation: Text
    verified: bool


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What the law where the recipient is says of such a request; `pack` is the jurisdiction."""

    pack: str
    article: str
    citation: Text
    verified: bool
    as_soon_as_possible: bool
    copies: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """`legal` is the law's hour and None where it names none; `target` is our own wish, and no law."""

    legal: datetime | None
    target: datetime | None
    zone: str


@dataclass(frozen=True, kw_only=True)
class Place:
    page: str
    media: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The regulator's side has decided: `ordered` is remove or block_access."""

    review: UUID
    ordered: str


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Where to answer. `link` opens one page for one answer and stands in mails alone: it is a secret."""

    api: str
    desk: str
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """All that one recipient is told about one picture at one place. `key` is that of all its attempts.

    `minor_protected` is said only where it is so, because it decides which team, which law and which channel it is
    for; it says no age. `fingerprints` is what haetae.notice.prints makes of an examination.
    """

    key: UUID
    asked: Asked
    issued_at: datetime
    issuer: Issuer
    recipient: Recipient
    basis: Basis
    duty: Duty | None
    due: Due
    place: Place
    fingerprints: Mapping[str, Any]
    manipulated: Manipulated
    minor_protected: bool
    ground: Ground
    explanation: Text
    good_faith: Text | None
    declaration: Text | None
    signature: str
    appeal: Text
    answering: Answering
    decision: Decision | None = None

    def as_json(self) -> dict[str, Any]:
        """The document as the schema describes it. What is empty is left out, so that checking finds it missing."""
        whole = {
            "schema": FORM,
            "id": str(self.key),
            "asked": str(self.asked),
            "issued_at": moment(self.issued_at),
            "issuer": self._issuer(),
            "recipient": {"name": self.recipient.name, "kind": self.recipient.kind},
            "legal_basis": self._basis(),
            "duty": None if self.duty is None else self._duty(self.duty),
            "due": self._due(),
            "locator": _filled({"page": self.place.page, "media": self.place.media}),
            "fingerprints": dict(self.fingerprints),
            "content": self._content(),
            "explanation": _both(self.explanation),
            "good_faith": None if self.good_faith is None else _both(self.good_faith),
            "declaration": None if self.declaration is None else _both(self.declaration),
            "signature": self._signature(),
            "answer": _filled(
                {"api": self.answering.api, "desk": self.answering.desk, "link": self.answering.link}
            ),
            "appeal": _both(self.appeal),
            "decision": None if self.decision is None else self._decision(self.decision),
        }
        return _filled(whole)

    def as_bytes(self) -> bytes:
        """Canonical (RFC 8785): the same notice is the same, byte for byte, in each attempt."""
        return rfc8785.dumps(self.as_json())

    def _issuer(self) -> dict[str, Any]:
        names = _filled({"ko": self.issuer.name.ko, "en": self.issuer.name.en})
        mailbox, site = self.issuer.mailbox, self.issuer.site
        return _filled({"name": names, "country": self.issuer.country, "mailbox": mailbox, "site": site})

    def _basis(self) -> dict[str, Any]:
        return {
            "id": self.basis.basis_id,
            "article": self.basis.article,
            "citation": _both(self.basis.citation),
            "verified": self.basis.verified,
        }

    def _duty(self, duty: Duty) -> dict[str, Any]:
        return {
            "jurisdiction": duty.pack,
            "article": duty.article,
            "citation": _both(duty.citation),
            "verified": duty.verified,
            "as_soon_as_possible": duty.as_soon_as_possible,
            "copies": duty.copies,
        }

    def _due(self) -> dict[str, Any]:
        return {
            "legal": None if self.due.legal is None else moment(self.due.legal),
            "target": None if self.due.target is None else moment(self.due.target),
            "zone": self.due.zone,
        }

    def _content(self) -> dict[str, Any]:
        said: dict[str, Any] = {"kind": "intimate_image_abuse", "manipulated": str(self.manipulated)}
        said["ground"] = str(self.ground)
        return said | ({"minor_protected": True} if self.minor_protected else {})

    def _signature(self) -> dict[str, Any] | None:
        if not self.signature:
            return None
        capacity = "acts_for_the_person_shown"
        return {"line": self.signature, "capacity": capacity, "signed_at": moment(self.issued_at)}

    def _decision(self, decision: Decision) -> dict[str, Any]:
        return {"review": str(decision.review), "ordered": decision.ordered}


def moment(when: datetime) -> str:
    """In UTC, to the second: nobody has to know a zone to read it, and nothing depends on a microsecond."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _both(text: Text) -> dict[str, str]:
    return {"ko": text.ko, "en": text.en}


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", {})}
