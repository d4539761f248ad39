"""How much and by when, in plain English: for the command line and for the pages printed from the packs."""

import re
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from haetae.law.country.duties import OperatorDuty
from haetae.law.country.facts import Copies, RemovalDuty
from haetae.law.country.provisions import RecordKeeping, Sanction, Step, Transparency
from haetae.law.duration import Duration
from haetae.law.facts import Dated
from haetae.law.person.facts import Helpline, Offence, Retention, RetentionClass, TimeLimit
from haetae.law.telling import spelled
from haetae.law.undercover import UndercoverRule

_UNITS: Final = {"Y": "year", "M": "month", "D": "day"}
_CLOCK: Final = {"H": "hour", "M": "minute", "S": "second"}
_CLOCK_OF_TRIALS: Final = {
    TimeLimit.FROM_MAJORITY: "the time limit for a trial begins at majority",
    TimeLimit.NONE: "no time limit for a trial",
}
_DOUBT: Final = " (not checked)"
_COPIES: Final = {
    Copies.NONE: "copies: nothing is said",
    Copies.IDENTICAL: "known identical copies too",
    Copies.SUBSTANTIALLY_SAME: "what is substantially the same too",
}


class Words(NamedTuple):
    ko: str
    en: str


_MATERIAL: Final = {
    RetentionClass.CHILD_MATERIAL: Words(
        "아동·청소년성착취물과 그 상담 기록", "Child sexual abuse material and its records"
    ),
    RetentionClass.ASKED_BY_INVESTIGATORS: Words(
        "검사나 수사기관이 요청한 자료와 그 기록",
        "What prosecutors or investigators asked for, and its records",
    ),
    RetentionClass.OTHER: Words("그 밖의 자료와 기록", "Other material and its records"),
}


def plainly(code: StrEnum) -> str:
    """A code of the packs as words."""
    return code.value.replace("_", " ")


def material(retention: Retention) -> Words:
    return _MATERIAL[retention.kind]


def length(duration: Duration) -> str:
    """P1Y6M is "1 year 6 months"."""
    days, _, clock = spelled(duration).removeprefix("P").partition("T")
    parts = [
        f"{number} {units[unit]}{'' if number == '1' else 's'}"
        for text, units in ((days, _UNITS), (clock, _CLOCK))
        for number, unit in re.findall(r"([0-9]+)([A-Z])", text)
    ]
    return " ".join(parts)


def days(fact: Dated) -> str:
    """Since when and until when; what nobody could tell us is a question mark."""
    begun = fact.valid_from.isoformat() if fact.valid_from else "?"
    return f"{begun} to {fact.valid_to}" if fact.valid_to else f"since {begun}"


def duty(found: RemovalDuty) -> str:
    said = [
        "as soon as possible" if found.as_soon_as_possible else "",
        f"within {length(found.due_after)}" if found.due_after else "no number of hours or days",
        "or longer if allowed" if found.longer_if_allowed else "",
    ]
    return ", ".join(word for word in said if word)


def reach(found: RemovalDuty) -> str:
    bound = ", ".join(plainly(one) for one in found.binds)
    doubt = _DOUBT if found.reaches and not found.reaches.verified else ""
    return f"Binds: {bound}; counts from: {plainly(found.starts_with)}; {_COPIES[found.copies]}{doubt}"


def checklist(found: RemovalDuty) -> str:
    if found.valid_request is None:
        return "no list was found"
    listed = ", ".join(plainly(element) for element in found.checklist)
    return listed if found.valid_request.verified else f"{listed}{_DOUBT}"


def term(step: Step) -> str:
    said = [
        "as soon as possible" if step.as_soon_as_possible else "",
        f"within {length(step.within)}" if step.within else "",
        f"for {length(step.longest)} at most" if step.longest else "",
        f"for {length(step.at_least)} at least" if step.at_least else "",
    ]
    return ", ".join(word for word in said if word)


def penalty(offence: Offence) -> str:
    least = f"at least {_years(offence.min_years)}" if offence.min_years else ""
    most = f"up to {_years(offence.max_years)}" if offence.max_years else ""
    months = f"up to {offence.max_months} months" if offence.max_months else ""
    life = "up to life" if offence.life else ""
    fine = f"or a fine up to {offence.max_fine}" if offence.max_fine else ""
    unnamed = "or a fine whose sum stands elsewhere" if offence.fine_without_sum else ""
    habit = f"as a habit up to {offence.habit_percent} % more" if offence.habit_percent else ""
    attempt = "trying is punished too" if offence.attempt else ""
    clock = _CLOCK_OF_TRIALS[offence.clock] if offence.clock else ""
    said = (least, most, months, life, fine, unnamed, habit, attempt, clock)
    return ", ".join(word for word in said if word)


def measure(sanction: Sanction) -> str:
    said = [
        f"at least {sanction.min_fine}" if sanction.min_fine else "",
        f"up to {sanction.max_fine}" if sanction.max_fine else "",
        f"at least {sanction.min_percent} % of {sanction.percent_of_en}" if sanction.min_percent else "",
        f"up to {sanction.max_percent} % of {sanction.percent_of_en}" if sanction.max_percent else "",
        f"up to {sanction.max_penalty_units} penalty units" if sanction.max_penalty_units else "",
        f"at least {_years(sanction.min_years)}" if sanction.min_years else "",
        f"up to {_years(sanction.max_years)}" if sanction.max_years else "",
        f"up to {length(sanction.longest)}" if sanction.longest else "",
    ]
    return "; ".join(word for word in said if word) or "no sum is named"


def sizes(found: OperatorDuty) -> str:
    """From which size on a duty holds; what nobody has read is said."""
    services = ", ".join(sorted(map(plainly, found.services)))
    said = [
        f"{', '.join(sorted(map(plainly, found.always_for)))} at any size" if found.always_for else "",
        f"revenue of last year from {found.revenue_at_least} on" if found.revenue_at_least else "",
        f"{found.daily_users_at_least:,} users a day or more" if found.daily_users_at_least else "",
        f"{services}{'' if found.services_read else _DOUBT}" if found.services else "",
    ]
    return "; ".join(word for word in said if word) or "to whom it applies was not read"


def undercover(rule: UndercoverRule) -> str:
    """How long it may last, and since when it may begin in urgency."""
    more = rule.extension
    said = [
        f"up to {length(rule.longest)}",
        f"extended by {length(more.each)} each, {length(more.total)} in all" if more else "no extension",
        f"urgent since {rule.urgent.valid_from}, permitted within {length(rule.urgent.within)} or it stops"
        if rule.urgent
        else "never without permission",
    ]
    return "; ".join(said)


def kept(record: RecordKeeping | Retention) -> str:
    if record.keep_for is None:
        return "for good"
    return length(record.keep_for)


def reported(report: Transparency) -> str:
    due = f", by {date.fromisoformat(f'2000-{report.due_on}'):%d %B}" if report.due_on else ""
    return f"every {length(report.every)}{due}{', in public' if report.is_public else ''}"


def called(line: Helpline) -> str:
    number = f"{line.number}, then {line.option}" if line.option else line.number
    hours = "" if line.hours is None else " (day and night)" if line.hours.always else " (at set hours)"
    return ", ".join(word for word in (f"{number}{hours}" if number else "", line.site) if word)


def _years(number: int | None) -> str:
    return f"{number} year" if number == 1 else f"{number} years"
