"""How long something is, and by which law or plan, in words: what the page of clocks reads out of the packs. Pure."""

from collections.abc import Iterable
from typing import Final

from haetae.law.countries import DutyName, RemovalDuty, country_law, packs
from haetae.law.country.provisions import Actor, Step, Transparency
from haetae.law.duration import Duration
from haetae.law.facts import Cited, LegalDeadline
from haetae.law.handing import ReferralGround
from haetae.law.packs import Pack

_SHOWN_AT_MOST: Final = 3


def law(article: str, source: Cited) -> str:
    return f"{source.source.cite_en(article)}{'' if source.verified else ' (not checked)'}"


def plan(source: Cited) -> str:
    return source.source.title_en


def terms(pack: Pack) -> list[ReferralGround]:
    """The articles by which an agency must answer another one within a time."""
    return [row for row in pack.all_referral_grounds if row.within is not None]


def durations(lengths: Iterable[Duration]) -> str:
    known = list(dict.fromkeys(map(str, lengths)))
    shown = ", ".join(known[:_SHOWN_AT_MOST])
    return f"{shown} … {known[-1]}" if len(known) > _SHOWN_AT_MOST else shown


def hours(duty: LegalDeadline) -> str:
    return str(duty.due_after) if duty.due_after else "no number of hours"


def settling(pack: Pack) -> Step:
    """The step by which a dispute body settles what whoever posted and an operator cannot agree on."""
    steps = (step for procedure in pack.country.procedures for step in procedure.steps)
    return next(step for step in steps if step.by is Actor.DISPUTE_BODY)


def yearly(pack: Pack) -> Transparency:
    """What an operator reports to the regulator each year, by a day."""
    return next(report for report in pack.country.transparency if report.due_on)


def duties_elsewhere() -> list[RemovalDuty]:
    """What other countries ask upon a request of ours, in force or to come."""
    return [
        duty
        for pack in packs()
        for duty in country_law(pack).removal_duties
        if pack != "kr" and duty.name is DutyName.REQUEST and duty.starts_with.is_ours
    ]
