"""All that held on a day, as plain data: what `haetae law` prints and what pages are written from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

from haetae.law.countries import CountryLaw
from haetae.law.duration import Duration
from haetae.law.facts import Dated, Source
from haetae.law.money import Money
from haetae.law.packs import Pack
from haetae.law.person.facts import Reader
from haetae.law.person.hours import Opening
from haetae.law.person.penalties import limit_on, offences_on

# Names of fields as readers know them.
_RENAMED: Final = {"valid_from": "from", "valid_to": "to"}
_HOURS_IN_A_DAY: Final = 24
_DAYS_TOLD_IN_HOURS: Final = 2


def held_on(law: CountryLaw, day: date, *, home: Pack | None = None) -> dict[str, Any]:
    """Everything of a pack that held on a day; what has no first day is there, with `from` as null.

    With `home`, what an installation under this pack rests on comes too: law in its own lists, and under `targets` what
    we aim for ourselves, which is no law and has no dates.
    """
    told = {
        "pack": law.pack_id,
        "on": day.isoformat(),
        "read_until": law.version.isoformat(),
        "zone": law.zone.key,
        "name_ko": law.name_ko,
        "name_en": law.name_en,
        "agencies": _holding(law.agencies, day),
        "removal": _holding(law.removal_duties, day),
        "procedures": _holding(law.procedures, day),
        "offences": _holding(law.offences, day),
        "sanctions": _holding(law.sanctions, day),
        "records": _holding(law.records, day),
        "retention": _holding(law.retentions, day),
        "transparency": _holding(law.transparency, day),
        "helplines": plain(law.helplines),
        "gaps": plain(law.gaps),
    }
    return told | (_at_home(home, day) if home else {})


def penalties_on(law: CountryLaw, day: date, *, home: Pack | None = None) -> dict[str, Any]:
    """What a deed of that day is punished with, in months, and what was announced; a bound of null is not named."""
    limits = [limit_on(law.offences, one.offence_id, day) for one in offences_on(law.offences, day)]
    return {
        "pack": law.pack_id,
        "on": day.isoformat(),
        "read_until": law.version.isoformat(),
        "offences": [
            plain(limit.offence)
            | {
                "least_months": limit.least_months,
                "most_months": limit.most_months,
                "habit_most_months": limit.habit_most_months,
            }
            for limit in limits
        ],
        "rules": plain(home.rules(Reader.PENALTIES, on=day)) if home else [],
        "plan": plain(home.plan) if home else [],
        "gaps": plain(tuple(gap for gap in law.gaps if gap.about == "self_report")),
    }


def _at_home(home: Pack, day: date) -> dict[str, Any]:
    return {
        "bases": _holding(home.legal_bases, day),
        "rules": _holding(home.all_rules, day),
        "plan": plain(home.plan),
        "data_bases": _holding(home.asking.bases, day),
        "data_use": plain(home.asking.use),
        "preservation": plain(home.asking.preserving),
        "orders": _holding(home.orders.powers, day),
        "duties": _holding(home.orders.duties, day),
        "provisional_block": plain(home.provisional_block),
        "vote": plain(home.vote),
        "targets": {
            "acknowledgement": plain(home.removal.acknowledgement),
            "removal": plain(home.removal.removal),
            "review": plain(home.review),
            "block_extension": plain(home.block_extension),
            "referral_answer": plain(home.referral_answer),
            "orders": {
                "follow_within": spelled(home.orders.follow_within),
                "duty_within": spelled(home.orders.duty_within),
                "source": plain(home.orders.source),
            },
        },
    }


def _holding(facts: Iterable[Dated], day: date) -> list[Any]:
    return [plain(fact) for fact in facts if fact.covers(day)]


def plain(value: Any) -> Any:
    """A fact as JSON can hold it, with its source, its citation where it has one, and whether it was checked."""
    for kind, told in _TOLD.items():
        if isinstance(value, kind):
            return told(value)
    return _fact(value) if is_dataclass(value) else value


def spelled(duration: Duration) -> str:
    """Up to two days in hours, as laws say it: PT48H and not P2D."""
    exact = duration.exact
    if duration.months or exact > timedelta(days=_DAYS_TOLD_IN_HOURS) or not exact or exact.seconds % 3600:
        return str(duration)
    return f"PT{exact.days * _HOURS_IN_A_DAY + exact.seconds // 3600}H"


def _fact(value: Any) -> dict[str, Any]:
    told = {
        _RENAMED.get(field.name, field.name): plain(getattr(value, field.name)) for field in fields(value)
    }
    article = getattr(value, "article", None)
    if article is not None:
        told |= {"citation_ko": value.source.cite_ko(article), "citation_en": value.source.cite_en(article)}
    return told


def _source(source: Source) -> Mapping[str, Any]:
    return {
        "key": source.key,
        "kind": source.kind.value,
        "title_ko": source.title_ko,
        "title_en": source.title_en,
        "version": source.version,
    }


def _opening(opening: Opening) -> Mapping[str, Any]:
    return {
        "days": sorted(opening.days),
        "from_minute": opening.from_minute,
        "to_minute": opening.to_minute,
    }


def _all(values: Sequence[Any]) -> list[Any]:
    return [plain(value) for value in values]


_TOLD: Final[Mapping[type, Callable[[Any], Any]]] = {
    Enum: lambda value: value.value,
    date: lambda value: value.isoformat(),
    Duration: spelled,
    ZoneInfo: lambda value: value.key,
    Source: _source,
    Opening: _opening,
    Money: lambda value: {"amount": value.amount, "currency": value.currency},
    tuple: _all,
}
