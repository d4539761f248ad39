"""StopNCII's FetchHashes: pages of JSON, followed by tokens. A record replaces what was said of its hash before."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from haetae.common.foreign import ForeignPage, ForeignRecord, Position, SetAside
from haetae.common.outbound import Fetched
from haetae.common.wires import BadWireError, second_of
from haetae.connectors.exchange.client import BadSecretError, Client, not_a_page

_FIRST_SECOND: Final = 10  # the field's own clients begin there
_RECORDS_MOST: Final = 5_000
_LONGEST_TOKEN: Final = 1_024
_CLOCKS_DIFFER_S: Final = 900
_DIGITS: Final = {"ImagePDQ": 64, "VideoMD5": 32}
_NOT_HELD: Final = frozenset({"VideoTMK", "Text", "URL", "Unknown"})
_ENDED: Final = frozenset({"Withdrawn", "Deleted"})
_NOT_IN_FORCE: Final = frozenset({"Received", "Unknown"})
_STATUSES: Final = ("Active", *sorted(_ENDED), *sorted(_NOT_IN_FORCE))


class StopNciiClient(Client):
    """Its secret is one line, the key of the function, and where it differs a second one, the subscription's."""

    wire: ClassVar[str] = "stopncii"

    @classmethod
    def headers(cls, secret: str) -> Mapping[str, str]:
        lines = secret.split()
        if not 1 <= len(lines) <= 2 or not all(re.fullmatch(r"[\x21-\x7e]{1,512}", line) for line in lines):
            raise BadSecretError("One or two lines are needed: x-functions-key, Ocp-Apim-Subscription-Key.")
        return {"x-functions-key": lines[0], "ocp-apim-subscription-key": lines[-1]}

    def fetch(self, at: Position, *, now: datetime, most: int) -> ForeignPage:
        query = {"startTimestamp": max(at.since_s, _FIRST_SECOND), "pageSize": most}
        if at.following:
            query |= {"nextPageToken": at.following}  # type: ignore[dict-item]
        answer = self._ask("/FetchHashes?" + urlencode(query), at=at)
        return read(answer, at=at, now=now)


def read(answer: Fetched, *, at: Position, now: datetime) -> ForeignPage:
    """The page in an answer. Raises UnreachableError (`not_a_page`)."""
    try:
        whole = json.loads(answer.body)
    except (ValueError, RecursionError) as problem:
        raise not_a_page(answer, field="body", words="This is no whole JSON.") from problem
    try:
        rows = _rows(whole)
        after, more, doubts = _after(whole, at=at, now=now)
    except BadWireError as problem:
        raise not_a_page(answer, field=problem.field, words=problem.words) from problem
    records: list[ForeignRecord] = []
    set_aside: list[SetAside] = []
    for number, row in enumerate(rows):
        try:
            found = _record(row, place=f"hashRecords[{number}]")
        except BadWireError as problem:
            set_aside.append(SetAside(field=problem.field, words=problem.words))
        else:
            records += [found] if found else []
    return ForeignPage(
        records=records,
        after=after,
        more=more,
        not_held=len(rows) - len(records) - len(set_aside),
        set_aside=set_aside,
        doubts=doubts,
    )


def _rows(whole: object) -> list[Any]:
    if not isinstance(whole, dict):
        raise BadWireError("body", "A JSON object is needed.")
    rows = whole.get("hashRecords", [])
    if not isinstance(rows, list) or len(rows) > _RECORDS_MOST:
        raise BadWireError("hashRecords", f"A list of at most {_RECORDS_MOST} records is needed.")
    return rows


def _after(whole: Mapping[str, Any], *, at: Position, now: datetime) -> tuple[Position, bool, list[SetAside]]:
    """Where to go on, whether the round does, and what we do not believe of it."""
    more, token, next_set_s = whole.get("hasMoreRecords"), whole.get("nextPageToken"), _next_set_s(whole)
    if not isinstance(more, bool):
        raise BadWireError("hasMoreRecords", "true or false is needed.")
    doubts = list(_doubts(whole, next_set_s, at=at, now=now))
    believed_s = at.since_s if any(one.field == "nextSetTimestamp" for one in doubts) else next_set_s
    if not more:
        return Position(since_s=believed_s), False, doubts
    if isinstance(token, str) and 1 <= len(token) <= _LONGEST_TOKEN and _can_be_kept(token):
        return Position(since_s=at.since_s, following=token), True, doubts
    if token in (None, "") and believed_s > at.since_s:
        return Position(since_s=believed_s), True, doubts
    words = "hasMoreRecords is true, but there is no token that can be kept and no later nextSetTimestamp."
    raise BadWireError("nextPageToken", words)


def _can_be_kept(token: str) -> bool:
    """Half characters and zero bytes, which JSON can write, fit into no address and no table."""
    return "\x00" not in token and not any("\ud800" <= character <= "\udfff" for character in token)


def _doubts(whole: Mapping[str, Any], next_set_s: int, *, at: Position, now: datetime) -> list[SetAside]:
    found = []
    if next_set_s < at.since_s:
        found.append(SetAside(field="nextSetTimestamp", words="It runs backwards; ours was kept."))
    if next_set_s > second_of(now) + _CLOCKS_DIFFER_S:
        words = "It lies in the future, where it would skip what comes until then; ours was kept."
        found.append(SetAside(field="nextSetTimestamp", words=words))
    if whole.get("count") != len(whole.get("hashRecords", [])):
        found.append(SetAside(field="count", words="It differs from the number of records that came."))
    return found


def _record(row: object, *, place: str) -> ForeignRecord | None:
    """None for what our bank cannot hold and what is not in force there. Raises BadWireError."""
    if not isinstance(row, dict):
        raise BadWireError(place, "A JSON object is needed.")
    signal = row.get("signalType")
    signal = signal.removeprefix("StopNCIISignalType.") if isinstance(signal, str) else signal
    if not isinstance(signal, str) or signal not in (*_DIGITS, *_NOT_HELD):
        raise BadWireError(f"{place}.signalType", f"One of {', '.join((*_DIGITS, *sorted(_NOT_HELD)))}.")
    if signal in _NOT_HELD:
        return None
    value, status = row.get("hashValue"), row.get("hashStatus")
    digits = _DIGITS[signal]
    if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-fA-F]{{{digits}}}", value):
        raise BadWireError(f"{place}.hashValue", f"{digits} hex digits are needed.")
    if not isinstance(status, str) or status not in _STATUSES:
        raise BadWireError(f"{place}.hashStatus", f"One of {', '.join(_STATUSES)} is needed.")
    if status in _NOT_IN_FORCE:
        return None
    value = value.lower()
    return ForeignRecord(
        foreign_id=f"{signal}:{value}",
        is_live=status not in _ENDED,
        is_film=signal == "VideoMD5",
        pdq=value if signal == "ImagePDQ" else "",
        md5=value if signal == "VideoMD5" else "",
    )


def _next_set_s(whole: Mapping[str, Any]) -> int:
    second = whole.get("nextSetTimestamp")
    if isinstance(second, int) and not isinstance(second, bool) and 0 <= second < 2**53:
        return second
    raise BadWireError("nextSetTimestamp", "Seconds since 1970 are needed.")
