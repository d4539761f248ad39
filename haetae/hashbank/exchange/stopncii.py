"""The JSON that StopNCII and its clients speak (python-threatexchange 1.2.17): built and read. Pure.

Records are whole replacements, keyed by (signalType, hashValue). Clients resume by `nextSetTimestamp`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from haetae.common.wires import BadWireError
from haetae.hashbank.exchange.reading import RECORDS_MOST, Said, Submitted, hash_in, tags_in
from haetae.hashbank.states import Feedback, Media


class Status(StrEnum):
    ACTIVE = "Active"
    WITHDRAWN = "Withdrawn"


SIGNALS: Final = {Media.IMAGE: "ImagePDQ", Media.FILM: "VideoMD5"}
_MEDIA: Final = {signal: media for media, signal in SIGNALS.items()}
_ENUM: Final = "StopNCIISignalType."  # today's clients send the name of their own class with it
VALUES: Final = {
    Feedback.NONE: "None",
    Feedback.QUALITY_UNKNOWN: "QualityUnknown",
    Feedback.PENDING_REVIEW: "PendingReview",
    Feedback.BLOCKED: "Blocked",
    Feedback.NOT_BLOCKED: "NotBlocked",
    Feedback.WITHDRAWN: "Withdrawn",
    Feedback.DELETED: "Deleted",
    Feedback.UNKNOWN: "Unknown",
}
_FEEDBACK: Final = {word: value for value, word in VALUES.items()}


@dataclass(frozen=True, kw_only=True)
class Record:
    """One hash as it stands. `cases` are our entries that hold it; `feedback` is (source, value, tags)."""

    changed_s: int
    media: Media
    value: str
    status: Status
    cases: Mapping[str, Status]
    feedback: Sequence[tuple[str, Feedback, Sequence[str]]] = ()


def page(records: Sequence[Record], *, next_token: str | None, next_set_s: int) -> dict[str, Any]:
    """The answer to FetchHashes; there are more records where there is a token."""
    return {
        "count": len(records),
        "nextPageToken": next_token,
        "nextSetTimestamp": next_set_s,
        "hasMoreRecords": next_token is not None,
        "hashRecords": [_record(record) for record in records],
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "lastModtimestamp": record.changed_s,
        "signalType": SIGNALS[record.media],
        "hashValue": record.value,
        "hashStatus": str(record.status),
        "caseNumbers": {case: str(status) for case, status in record.cases.items()},
        "CSPFeedbacks": [
            {"source": source, "feedbackValue": VALUES[value], "tags": list(tags)}
            for source, value, tags in record.feedback
        ],
    }


def submitted(body: bytes) -> list[Submitted]:
    """The hashes of a SubmitHashes. Raises BadWireError, which names the record and the field."""
    records = _rows(body, name="hashRecords")
    return [_submitted(row, at=f"hashRecords[{number}]") for number, row in enumerate(records)]


def said(body: bytes) -> list[Said]:
    """The words of a SubmitFeedback, which does not tell what kind of hash it means: its length does."""
    rows = _rows(body, name="hashFeedbacks")
    return [_said_of_hash(row, at=f"hashFeedbacks[{number}]") for number, row in enumerate(rows)]


def _submitted(row: dict[str, Any], *, at: str) -> Submitted:
    signal = row.get("signalType")
    media = _MEDIA.get(signal.removeprefix(_ENUM)) if isinstance(signal, str) else None
    if media is None:
        raise BadWireError(f"{at}.signalType", f"Use one of {', '.join(_MEDIA)}.")
    value = hash_in(row.get("hashValue"), media=media, field=f"{at}.hashValue")
    given = row.get("CSPFeedbacks", [])
    if not isinstance(given, list) or len(given) > 1:
        raise BadWireError(f"{at}.CSPFeedbacks", "A list with at most one feedback, your own, is needed.")
    said_of_it = [
        _said(one, value=value, media=media, at=f"{at}.CSPFeedbacks[{number}]")
        for number, one in enumerate(given)
    ]
    return Submitted(media=media, value=value, said=tuple(said_of_it))


def _said_of_hash(row: dict[str, Any], *, at: str) -> Said:
    value = row.get("hashValue")
    media = Media.FILM if isinstance(value, str) and len(value) == 32 else Media.IMAGE
    return _said(row, value=hash_in(value, media=media, field=f"{at}.hashValue"), media=None, at=at)


def _said(row: object, *, value: str, media: Media | None, at: str) -> Said:
    if not isinstance(row, dict):
        raise BadWireError(at, "A JSON object is needed.")
    word = row.get("feedbackValue")
    feedback = _FEEDBACK.get(word) if isinstance(word, str) else None
    if feedback is None:
        raise BadWireError(f"{at}.feedbackValue", f"Use one of {', '.join(_FEEDBACK)}.")
    return Said(
        value=value, media=media, feedback=feedback, tags=tags_in(row.get("tags"), field=f"{at}.tags")
    )


def _rows(body: bytes, *, name: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadWireError("body", "This is no JSON.") from problem
    rows = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(rows, list) or not 1 <= len(rows) <= RECORDS_MOST:
        raise BadWireError(name, f"A list of 1 to {RECORDS_MOST} objects is needed.")
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            raise BadWireError(f"{name}[{number}]", "A JSON object is needed.")
    count = whole.get("count", len(rows))
    if isinstance(count, bool) or count != len(rows):
        raise BadWireError("count", f"It differs from the {len(rows)} objects that arrived; send it whole.")
    return rows
