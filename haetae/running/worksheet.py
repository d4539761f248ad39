"""A surcharge as the record of one operator proposes it, for the command line. Nothing of it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.agencies.enforcement.sanctions import queries
from haetae.agencies.enforcement.sanctions.proposal.queries import seen_of
from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet import paper, sums
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    LARGEST_SUM,
    YEARS,
    Judged,
    SurchargeFacts,
    Weighed,
)
from haetae.agencies.enforcement.sanctions.worksheet.numbers import NoSuchSanctionError
from haetae.agencies.enforcement.sanctions.worksheet.proposing import Proposed, proposed
from haetae.common import clock
from haetae.law.packs import load_pack
from haetae.law.sanctioning.facts import Factor, Level

_BACK: Final = timedelta(days=365)


class CannotProposeError(Exception):
    """`code` is "unknown", "no_evidence" or "wrong"; the message says what is missing."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody typed. Revenue, users, gain and motive stand in no record of ours."""

    operator: str
    since: datetime | None = None
    until: datetime | None = None
    revenues: tuple[int, ...] = ()
    daily_users: int | None = None
    gain: str = Level.LOW.value
    profit_motive: str = Level.LOW.value
    percent: int = 0


def proposal(wish: Wish) -> dict[str, Any]:
    """As JSON: `worksheet` can be worked out again by itself. Raises CannotProposeError."""
    operator = Operator.objects.filter(name=wish.operator).first()
    if operator is None:
        raise CannotProposeError(
            "unknown", f"No operator is registered as {wish.operator}; names are written as they are shown."
        )
    pack, until = load_pack(settings.JURISDICTION), wish.until or clock.now()
    since = wish.since or until - _BACK
    seen = seen_of(operator.pk, since=since, until=until, daily_users=wish.daily_users)
    found = proposed(seen, pack.surcharge.bounds)
    if not found:
        raise CannotProposeError(
            "no_evidence",
            f"The record holds no request to {operator.name} from {since:%Y-%m-%d} to {until:%Y-%m-%d}:"
            " without evidence no sum is proposed.",
        )
    earlier = queries.earlier(operator.pk, Kind.SURCHARGE, at=clock.now())
    facts = _facts(wish, found, earlier=earlier)
    day = until.astimezone(pack.zone).date()
    try:
        sheet = sums.worked_out(facts, "", pack=pack, on=day)
    except NoSuchSanctionError as missing:
        raise CannotProposeError("wrong", f"{missing}.") from missing
    period = {"from": since.isoformat(), "before": until.isoformat()}
    return {"operator": operator.name, "period": period, "worksheet": paper.as_json(sheet)}


def _facts(wish: Wish, found: dict[Factor, Proposed], *, earlier: int) -> SurchargeFacts:
    if len(wish.revenues) > YEARS or any(not 0 <= won <= LARGEST_SUM for won in wish.revenues):
        raise CannotProposeError("wrong", f"Write the revenue of up to {YEARS} years in whole won.")
    most = load_pack(settings.JURISDICTION).surcharge.effort.most_percent
    if abs(wish.percent) > most:
        raise CannotProposeError("wrong", f"More or less for effort goes from -{most} to {most} percent.")
    said = {Factor.GAIN: wish.gain, Factor.PROFIT_MOTIVE: wish.profit_motive}
    return SurchargeFacts(
        revenues=wish.revenues,
        revenue_from="as typed at the command line" if wish.revenues else "",
        judged=tuple(_judged(factor, found.get(factor), said.get(factor, Level.LOW)) for factor in Factor),
        earlier=earlier,
        effort=Weighed(percent=wish.percent, reason="as typed at the command line" if wish.percent else ""),
    )


def _judged(factor: Factor, found: Proposed | None, said: str) -> Judged:
    """By the record where it says something; else as somebody said, or low."""
    if found is not None:
        return Judged(factor=factor, level=found.level, evidence=found.evidence, proposed=found.level)
    if said not in set(Level):
        raise CannotProposeError("wrong", f"'{said}' is no level: high, middle or low.")
    return Judged(factor=factor, level=Level(said), reason="not in our record; as typed, or low")
