"""What a person reads before they have everything destroyed, and after: short, true, and "
"without a word of the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.queries import Explanation, HeldPart
from haetae.agencies.support.retention.states import Part, Reason

_PARTS: Final[Mapping[Part, str | Promise]] = {
    Part.IDENTITY: _("your name and how to reach you"),
    Part.TOLD: _("what you wrote about it"),
    Part.COUNSELLING: _("your messages and the answers to them"),
    Part.LINKS: _("the links you sent"),
    Part.FINGERPRINTS: _("the fingerprints of your pictures"),
}
_NEEDED_FOR: Final[Mapping[Reason, str | Promise]] = {
    Reason.INVESTIGATION: _("The police need this as evidence. It stays until %(day)s:"),
    Reason.PROSECUTION: _("A prosecutor needs this as evidence. It stays until %(day)s:"),
    Reason.TRIAL: _("A court needs this as evidence. It stays until %(day)s:"),
}
# A hold ends with the day that it names, so its end is already the next one.
_MOMENT: Final = timedelta(seconds=1)
_ROWS: Final[Mapping[str, str | Promise]] = {
    "support.CaseText": _("texts that you wrote"),
    "support.Message": _("messages"),
    "support.CaseLink": _("links"),
    "support.CaseHash": _("fingerprints"),
    "support.Consent": _("consents"),
    "support.Mailbox": _("the mailbox for notices"),
    "support.Notice": _("records of notices"),
}


@dataclass(frozen=True, kw_only=True)
class Staying:
    """Why some of it stays, and what."""

    why: str
    what: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """`goes` and `stays` are what happens when the person presses; `also` is what it does not undo.

    `otherwise` says how long it is kept when they do not.
    """

    goes: Sequence[str]
    stays: Sequence[Staying]
    also: Sequence[str]
    otherwise: str


def ending_words(said: Explanation) -> Ending:
    """Before: everything that `haetae.agencies.support.destroying.queries.explain` says."""
    return Ending(
        goes=[str(_PARTS[part]) for part in said.destroys],
        stays=[*_held(said.held), *_by_law(said.kept_by_law)],
        also=_also(said),
        otherwise=_otherwise(said),
    )


def ended_words(record: DeletionRecord) -> Sequence[tuple[str, int]]:
    """After: what is gone, and how many of it."""
    return [(str(_ROWS.get(label, label)), number) for label, number in record.rows.items()]


def _held(parts: Sequence[HeldPart]) -> list[Staying]:
    together: dict[tuple[Reason, datetime], list[str]] = {}
    for one in parts:
        together.setdefault((one.reason, one.until), []).append(str(_PARTS[one.part]))
    return [
        Staying(why=str(_NEEDED_FOR[reason]) % {"day": _day(until - _MOMENT)}, what=what)
        for (reason, until), what in together.items()
    ]


def _by_law(parts: Sequence[Part]) -> list[Staying]:
    if not parts:
        return []
    why = now("The law wants this kept. It stays locked, and you no longer see it:")
    return [Staying(why=why, what=[str(_PARTS[part]) for part in parts])]


def _also(said: Explanation) -> list[str]:
    lines = [
        now("Your words open nothing any more. Nobody can bring it back, and neither can we."),
        now("What is deleted stays deleted. Requests to sites that are on their way go on."),
        now("Sites keep notes of their own about our requests. We cannot destroy those."),
        now("We keep a note of when it was destroyed and how much. It says nothing about you."),
    ]
    if said.held or said.kept_by_law:
        lines.insert(1, now("What stays is locked away. It is destroyed by itself when its time is over."))
    if said.checked_fingerprints_stay:
        lines.append(
            now(
                "Some of your fingerprints were checked by somebody who may do that. They go on finding copies. "
                "Nothing says any more that they are yours."
            )
        )
    return lines


def _otherwise(said: Explanation) -> str:
    if said.kept_until is None:
        return now(
            "If you do nothing, it is kept for good, because somebody under 19 is shown. You can have it "
            "destroyed at any time."
        )
    words = now(
        "If you do nothing, we keep it until %(day)s and then destroy it. The time begins anew when "
        "something happens in your case."
    )
    return words % {"day": _day(said.kept_until)}


def _day(at: datetime) -> str:
    return date_format(at.astimezone(ZoneInfo(settings.TIME_ZONE)), now("j F Y"))
