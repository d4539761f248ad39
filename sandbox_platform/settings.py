"""How the board behaves: what the operator answers, how it misbehaves, what it asks before it publishes."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sandbox_platform.messages import RefusedError
from sandbox_platform.storage import Store


class AnswerCode(StrEnum):
    """`blocked`: hidden for good, but not deleted."""

    REMOVED = "removed"
    REFUSED = "refused"
    UNSURE = "unsure"
    RECEIVED = "received"
    BLOCKED = "blocked"


class Misbehaviour(StrEnum):
    CLAIMS_WITHOUT_DELETING = "claims_without_deleting"
    CLAIMS_WITHOUT_BLOCKING = "claims_without_blocking"
    CLAIMS_WITHOUT_RESTORING = "claims_without_restoring"
    SLOW = "slow"
    DOWN = "down"
    DOWN_HARD = "down_hard"
    GARBAGE = "garbage"
    LOSES_REPLIES = "loses_replies"


class TombstoneStyle(StrEnum):
    GONE = "gone"
    PAGE = "page"


class WhenDown(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`reason` overrides the default reason of an answer. `lose_first` counts down with each lost reply, and
    `down_for` with each call that failed; without it the board is down until it is told otherwise."""

    answer: AnswerCode = AnswerCode.REMOVED
    reason: str | None = None
    answer_later: AnswerCode | None = None
    answer_after_s: float = 1.0
    unsure_blocks: bool = True
    obeys_decisions: bool = True
    misbehave: Misbehaviour | None = None
    delay_s: float = 5.0
    down_for: int | None = None
    retry_after_s: int | None = 5
    lose_first: int = 1
    tombstone_style: TombstoneStyle = TombstoneStyle.GONE
    block_known_bytes: bool = True
    member_password: str | None = None
    upload_hook_url: str | None = None
    upload_hook_token: str | None = None
    upload_hook_timeout_s: float = 5.0
    upload_hook_when_down: WhenDown = WhenDown.CLOSED

    @property
    def retry_headers(self) -> dict[str, str]:
        return {} if self.retry_after_s is None else {"Retry-After": str(self.retry_after_s)}


CHOICES: dict[str, type[StrEnum]] = {
    "answer": AnswerCode,
    "answer_later": AnswerCode,
    "misbehave": Misbehaviour,
    "tombstone_style": TombstoneStyle,
    "upload_hook_when_down": WhenDown,
}
SECONDS_AT_MOST = {"answer_after_s": 86_400.0, "delay_s": 120.0, "upload_hook_timeout_s": 60.0}
COUNTS_AT_MOST = {"retry_after_s": 86_400, "lose_first": 1_000_000, "down_for": 1_000_000}
TEXTS = frozenset({"reason", "member_password", "upload_hook_url", "upload_hook_token"})
SECRETS = frozenset({"member_password", "upload_hook_token"})
MAY_BE_NULL = TEXTS | {"answer_later", "misbehave", "down_for", "retry_after_s"}


def load(*, store: Store) -> Settings:
    with store.reading() as connection:
        return _read(connection)


def change(*, store: Store, changes: dict[str, Any]) -> Settings:
    """Only the named fields change; an unknown field or a bad value changes nothing and is 400."""
    _, after = revise(store=store, revision=lambda before: merged(settings=before, changes=changes))
    return after


def revise(*, store: Store, revision: Callable[[Settings], Settings]) -> tuple[Settings, Settings]:
    """The settings before and after, in one transaction: two revisions at once never see the same before."""
    with store.writing() as connection:
        before = _read(connection)
        after = revision(before)
        if after != before:
            connection.execute(
                "INSERT OR REPLACE INTO setting (name, value) VALUES ('settings', ?)",
                (json.dumps(asdict(after)),),
            )
    return before, after


def _read(connection: sqlite3.Connection) -> Settings:
    row = connection.execute("SELECT value FROM setting WHERE name = 'settings'").fetchone()
    return merged(settings=Settings(), changes=json.loads(row["value"]) if row else {})


def merged(*, settings: Settings, changes: dict[str, Any]) -> Settings:
    known = {item.name for item in fields(Settings)}
    for name in changes:
        if name not in known:
            raise _bad(
                name=name, message=f"There is no setting {name!r}. Known are: {', '.join(sorted(known))}."
            )
    return replace(settings, **{name: checked(name=name, value=value) for name, value in changes.items()})


def checked(*, name: str, value: Any) -> Any:
    if value is None and name in MAY_BE_NULL:
        return None
    if name in CHOICES:
        return _choice(name=name, value=value)
    if name in SECONDS_AT_MOST:
        return _number(name=name, value=value, at_most=SECONDS_AT_MOST[name])
    if name in COUNTS_AT_MOST:
        return _count(name=name, value=value)
    if name in TEXTS:
        return _text(name=name, value=value)
    if not isinstance(value, bool):
        raise _bad(name=name, message=f"{name} must be true or false.")
    return value


def shown(*, settings: Settings) -> dict[str, Any]:
    """For the operator's eyes: of a secret only whether it is set."""
    return {name: value is not None if name in SECRETS else value for name, value in asdict(settings).items()}


def _choice(*, name: str, value: Any) -> StrEnum:
    options = [option.value for option in CHOICES[name]]
    if value not in options:
        null = " or null" if name in MAY_BE_NULL else ""
        raise _bad(name=name, message=f"{name} must be one of {', '.join(options)}{null}.")
    return CHOICES[name](value)


def _number(*, name: str, value: Any, at_most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= at_most:
        raise _bad(name=name, message=f"{name} must be a number of seconds from 0 to {at_most:g}.")
    return float(value)


def _count(*, name: str, value: Any) -> int:
    at_most = COUNTS_AT_MOST[name]
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= at_most:
        null = ", or null" if name in MAY_BE_NULL else ""
        raise _bad(name=name, message=f"{name} must be a whole number from 0 to {at_most}{null}.")
    return value


def _text(*, name: str, value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 500 or not value.isprintable():
        raise _bad(name=name, message=f"{name} must be null or a printable text of 1 to 500 characters.")
    if name == "upload_hook_token" and not value.isascii():
        raise _bad(name=name, message="upload_hook_token must be ASCII, because it travels in a header.")
    if name == "upload_hook_url" and not _is_http_address(value):
        raise _bad(name=name, message="upload_hook_url must be a whole http or https address.")
    return value


def _is_http_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # reading it is what judges it
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and address.isascii()
        and " " not in address
    )


def _bad(*, name: str, message: str) -> RefusedError:
    return RefusedError(status=400, code="bad_setting", field_name=name, message=message)
