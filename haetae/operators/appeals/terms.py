"""How long whoever posted it may object, and what the law gives after that: read from the packs.

Korea's six months bind large operators, from a size that was not read, so whether they bind this one is not known.
Everybody has as long by our own promise, and no less where the law of the operator's country gives more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings

from haetae.law.countries import CountryLaw, country_law
from haetae.law.country.provisions import Actor, Step
from haetae.law.duration import Duration
from haetae.law.packs import load_pack

# What the packs call these steps. Other steps of a poster, as Australia's duty to delete, are no objection.
_STEPS: Final = frozenset({"appeal", "complain", "settle"})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`until` is the last moment for an objection. `law`, where there is such a law, is the step that gives the time.

    `settle`: the step by which a dispute body settles what the two cannot agree on.
    """

    until: datetime
    law: Step | None
    settle: Step | None


def terms_at(*, jurisdiction: str, acted_at: datetime) -> Terms:
    """For something that an operator there did at a moment; an empty `jurisdiction` is the one at home."""
    country = country_law(jurisdiction or settings.JURISDICTION)
    home = load_pack(settings.JURISDICTION)
    day = acted_at.astimezone(country.zone).date()
    law = next(_steps(country, by=Actor.POSTER, on=day), None)
    ours = home.due_at(start=acted_at, duration=home.appeals.object_within)
    given = [country.due_at(start=acted_at, duration=term) for term in _lengths(law)]
    settle = next(_steps(country, by=Actor.DISPUTE_BODY, on=day), None)
    return Terms(until=max([ours, *given]), law=law, settle=settle)


def _steps(country: CountryLaw, *, by: Actor, on: date) -> Iterator[Step]:
    for procedure in country.procedures:
        if procedure.covers(on):
            yield from (step for step in procedure.steps if step.by is by and step.step_id in _STEPS)


def _lengths(step: Step | None) -> list[Duration]:
    return [] if step is None else [term for term in (step.within, step.at_least) if term is not None]
