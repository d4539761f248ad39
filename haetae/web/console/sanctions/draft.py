"""What an official sent with the form of a worksheet, as it was typed, and the facts that it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.http import HttpRequest, QueryDict

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    LARGEST_SUM,
    YEARS,
    FineFacts,
    Judged,
    SurchargeFacts,
    Weighed,
    Worksheet,
)
from haetae.agencies.enforcement.sanctions.worksheet.proposing import Proposed
from haetae.agencies.enforcement.sanctions.worksheet.sums import Facts
from haetae.common.ids import new_id
from haetae.law.sanctioning.facts import Factor, Level

_LONGEST_LIST: Final = 8_000


class UnreadableError(ValueError):
    """A code of what cannot be read in the form."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Texts as they were typed, so that nothing is lost when something is wrong with them."""

    article: str = ""
    revenues: tuple[str, ...] = ("",) * YEARS
    revenue_from: str = ""
    levels: Mapping[Factor, str] = field(default_factory=dict)
    evidence: Mapping[Factor, str] = field(default_factory=dict)
    reasons: Mapping[Factor, str] = field(default_factory=dict)
    earlier: str = "0"
    percent: str = "0"
    effort_reason: str = ""
    intent: str = ""
    why: str = ""
    form_key: UUID = field(default_factory=new_id)


def sent(request: HttpRequest) -> Draft:
    form = request.POST
    return Draft(
        article=form.get("article", ""),
        revenues=tuple(form.get(f"revenue_{number}", "") for number in range(1, YEARS + 1)),
        revenue_from=form.get("revenue_from", ""),
        levels=_each(form, "level"),
        evidence=_each(form, "evidence"),
        reasons=_each(form, "reason"),
        earlier=form.get("earlier", ""),
        percent=form.get("percent", ""),
        effort_reason=form.get("effort_reason", ""),
        intent=form.get("intent", ""),
        why=form.get("why", ""),
        form_key=_key(form.get("form_key", "")),
    )


def from_record(found: Mapping[Factor, Proposed], *, earlier: int) -> Draft:
    """An empty form, with the levels that the record proposes and the evidence of them."""
    return Draft(
        levels={factor: one.level.value for factor, one in found.items()},
        evidence={factor: "\n".join(one.evidence) for factor, one in found.items()},
        earlier=str(earlier),
    )


def from_sheet(sheet: Worksheet, *, intent: str) -> Draft:
    """The form as it was filled in for a sheet that stands, so that it can be worked out anew."""
    if sheet.fine is not None:
        of_fine = sheet.fine.facts
        return Draft(
            article=sheet.article,
            earlier=str(of_fine.earlier),
            percent=str(of_fine.effort.percent),
            effort_reason=of_fine.effort.reason,
        )
    assert sheet.surcharge is not None
    facts = sheet.surcharge.facts
    known = [str(won) for won in facts.revenues]
    return Draft(
        article=sheet.article,
        revenues=tuple([*known, *[""] * YEARS][:YEARS]),
        revenue_from=facts.revenue_from,
        levels={one.factor: one.level.value for one in facts.judged},
        evidence={one.factor: "\n".join(one.evidence) for one in facts.judged},
        reasons={one.factor: one.reason for one in facts.judged},
        earlier=str(facts.earlier),
        percent=str(facts.effort.percent),
        effort_reason=facts.effort.reason,
        intent=intent,
    )


def facts_of(draft: Draft, kind: Kind, *, proposed: Mapping[Factor, Proposed]) -> Facts:
    """Raises UnreadableError with a code; whether the facts are enough is the room's to say."""
    earlier, percent = whole(draft.earlier), whole(draft.percent or "0")
    if earlier < 0:
        raise UnreadableError("number_unreadable")
    effort = Weighed(percent=percent, reason=draft.effort_reason.strip())
    if kind is Kind.FINE:
        return FineFacts(earlier=earlier, effort=effort)
    return SurchargeFacts(
        revenues=tuple(_revenue(text) for text in draft.revenues if text.strip()),
        revenue_from=draft.revenue_from.strip(),
        judged=tuple(_judged(draft, factor, proposed.get(factor)) for factor in Factor),
        earlier=earlier,
        effort=effort,
    )


def whole(text: str, *, code: str = "number_unreadable") -> int:
    """`1,200` and ` 1 200 ` are 1200. Raises UnreadableError."""
    cleaned = "".join(text.split()).replace(",", "")
    digits = cleaned.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LARGEST_SUM))):
        raise UnreadableError(code)
    return int(cleaned)


def _revenue(text: str) -> int:
    return whole(text, code="revenue_unreadable")


def _judged(draft: Draft, factor: Factor, proposed: Proposed | None) -> Judged:
    level = draft.levels.get(factor, "")
    if level not in set(Level):
        raise UnreadableError("factor_missing")
    return Judged(
        factor=factor,
        level=Level(level),
        evidence=tuple(dict.fromkeys(draft.evidence.get(factor, "").replace(",", " ").split())),
        reason=draft.reasons.get(factor, "").strip(),
        proposed=proposed.level if proposed else None,
    )


def _each(form: QueryDict, name: str) -> dict[Factor, str]:
    return {factor: form.get(f"{name}_{factor}", "")[:_LONGEST_LIST] for factor in Factor}


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return new_id()
