"""From what an operator did to a statement of reasons. Pure. No person, no address and no fingerprint enters one.

Form and conditions are those of the DSA Transparency Database (Regulation (EU) 2022/2065, Articles 17 and 24(5)).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self
from uuid import UUID

from haetae.common.ids import derived_id

FORM: Final = "haetae-statements/1"
MOST_IN_A_BATCH: Final = 100  # one that fails makes the whole call fail, and more are not taken
_LONGEST_GROUND: Final = 500


class Act(StrEnum):
    """What the operator says that it did."""

    REMOVED = "removed"
    BLOCKED = "blocked"  # hidden for good, not deleted
    HIDDEN = "hidden"  # hidden for now, while it is decided


@dataclass(frozen=True, kw_only=True)
class Acted:
    """One act about one request. `found_on` is the first day on which we know it was there, `legal_ground` a citation.

    `by_person` is whether a person at the operator answered, as far as the door tells. `review_id` is the review that
    stands behind it; `restored_on` is when it was shown again, `restored_by` the review that decided so.
    """

    request_id: UUID
    act: Act
    on: date
    found_on: date
    legal_ground: str
    agency: str
    in_the_union: bool
    is_film: bool
    is_manipulated: bool
    is_of_a_minor: bool
    by_person: bool
    ends_on: date | None = None
    review_id: UUID | None = None
    restored_on: date | None = None
    restored_by: UUID | None = None


class Part(StrEnum):
    """What is told first, and what after it."""

    ENDED = "ended"
    HIDDEN = "hidden"


class BadMarkError(ValueError):
    """It is none of ours."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Behind which row a page begins: when that changed last, and its id. Without them it begins with its part."""

    part: Part = Part.ENDED
    at: datetime | None = None
    pk: UUID | None = None

    def text(self) -> str:
        plain = f"{self.part} {self.at.isoformat() if self.at else ''} {self.pk or ''}"
        return urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Self:
        """Raises BadMarkError."""
        if not text:
            return cls()
        try:
            part, at, pk = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(" ")
            moment = datetime.fromisoformat(at) if at else None
            found = cls(part=Part(part), at=moment, pk=UUID(pk) if pk else None)
        except ValueError as nonsense:  # what is not base64, and no text, is one, too
            raise BadMarkError from nonsense
        if (moment is None) != (found.pk is None) or (moment is not None and moment.tzinfo is None):
            raise BadMarkError
        return found


_VISIBILITY: Final = {
    Act.REMOVED: "DECISION_VISIBILITY_CONTENT_REMOVED",
    Act.BLOCKED: "DECISION_VISIBILITY_CONTENT_DISABLED",
    Act.HIDDEN: "DECISION_VISIBILITY_CONTENT_DISABLED",
}
_EXPLANATION: Final = (
    "Sexual imagery of a real person, recorded or forged, was published without that person's consent. A request for "
    "its removal rests on the law cited."
)
_IN_DOUBT: Final = (
    "Whether sexual imagery of a real person was published without consent could not be judged at once. It was hidden "
    "until the competent authority decides, within the term that the law cited allows."
)
_DONE: Final = {
    Act.REMOVED: "The provider removed it.",
    Act.BLOCKED: "The provider disabled access to it and did not delete it.",
    Act.HIDDEN: "The provider disabled access to it for the time of the review.",
}
_FACTS: Final = (
    "An authority sent a notice that names the content by its exact location and its fingerprint, with its reasons. "
    "{decided}{done} When it was published is not known to the authority: the day given is that on which it first "
    "found the content."
)
_DECIDED: Final = "A review commission had decided about it. "
# The adult keywords exclude content that depicts minors: that is told under the protection of minors alone.
_OF_ADULTS: Final = ("STATEMENT_CATEGORY_CYBER_VIOLENCE", "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING")
_FORGED_OF_ADULTS: Final = "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"
_OF_MINORS: Final = ("STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL")
_FORGED_OF_MINORS: Final = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE"


def puid_of(acted: Acted) -> str:
    """The same act has the same number whenever it is exported; nobody can tell from it what it was about."""
    return f"haetae-{derived_id('statement', acted.request_id, acted.act)}"


def statement_of(acted: Acted) -> dict[str, Any]:
    """One statement, ready for the database."""
    in_doubt = acted.act is Act.HIDDEN
    category, keywords = _kind_of(acted)
    statement: dict[str, Any] = {
        "decision_visibility": [_VISIBILITY[acted.act]],
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_legal_ground": acted.legal_ground[:_LONGEST_GROUND],
        "illegal_content_explanation": _IN_DOUBT if in_doubt else _EXPLANATION,
        "content_type": _content_types(acted),
        "category": category,
        "category_specification": keywords,
        "content_date": min(acted.found_on, acted.on).isoformat(),
        "application_date": acted.on.isoformat(),
        "decision_facts": _FACTS.format(
            decided=_DECIDED if acted.review_id and not in_doubt else "", done=_DONE[acted.act]
        ),
        # Our notice has all elements of Article 16; for whom that article does not bind it is a notice of another kind.
        "source_type": "SOURCE_ARTICLE_16" if acted.in_the_union else "SOURCE_TYPE_OTHER_NOTIFICATION",
        "source_identity": acted.agency,
        # The provider was told. How we came to know would tell whoever posted it whether somebody reported.
        "automated_detection": "No",
        # A reply of a machine does not tell whether a person decided it.
        "automated_decision": f"AUTOMATED_DECISION_{'NOT_AUTOMATED' if acted.by_person else 'PARTIALLY'}",
        "puid": puid_of(acted),
    }
    if in_doubt and acted.ends_on is not None:
        statement["end_date_visibility_restriction"] = acted.ends_on.isoformat()
    return statement


def _kind_of(acted: Acted) -> tuple[str, list[str]]:
    category, keyword = _OF_MINORS if acted.is_of_a_minor else _OF_ADULTS
    forged = _FORGED_OF_MINORS if acted.is_of_a_minor else _FORGED_OF_ADULTS
    return category, [keyword, forged] if acted.is_manipulated else [keyword]


def _content_types(acted: Acted) -> list[str]:
    kind = "CONTENT_TYPE_VIDEO" if acted.is_film else "CONTENT_TYPE_IMAGE"
    return sorted([kind, "CONTENT_TYPE_SYNTHETIC_MEDIA"] if acted.is_manipulated else [kind])


def export_of(
    done: Sequence[Acted], *, restored: Sequence[Acted], operator: str, since: date, following: str = ""
) -> dict[str, Any]:
    """The batches for the database, and beside them what it has no place for. `following` is where the next begins."""
    statements = [statement_of(acted) for acted in done]
    cuts = range(0, len(statements), MOST_IN_A_BATCH)
    return {
        "form": FORM,
        "operator": operator,
        "since": since.isoformat(),
        "batches": [{"statements": statements[cut : cut + MOST_IN_A_BATCH]} for cut in cuts],
        "extension": {
            "restored": [_restored(acted) for acted in restored],
            "reviewed": [
                {"puid": puid_of(acted), "review_ref": str(acted.review_id)}
                for acted in done
                if acted.review_id is not None
            ],
        },
        **({"next": following} if following else {}),
    }


def _restored(acted: Acted) -> dict[str, Any]:
    assert acted.restored_on is not None
    event: dict[str, Any] = {"puid": puid_of(acted), "restored_on": acted.restored_on.isoformat()}
    return event | ({"review_ref": str(acted.restored_by)} if acted.restored_by else {})
