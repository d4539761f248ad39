"""Penalties as a table and as a picture: what is the least, and what is the most, each in a place of its own.

The portal and the console show the same law to different readers, each with templates of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from haetae.law.citations import article_en, article_ko
from haetae.law.packs import Pack
from haetae.law.person.facts import Offence, Shown
from haetae.law.person.penalties import Limit, limit_of, offences_on
from haetae.web.words.language import in_korean
from haetae.web.words.penalties import at_least, at_most, fine, group_words, more_words

# The longest that an article names as a most is seven years; half more is ten and a half.
_SCALE_MONTHS: Final = 120
_WHOLE: Final = 100


@dataclass(frozen=True, kw_only=True)
class Era:
    """Days between two changes of the law; `day` stands for all of them, `value` names it in the address."""

    value: str
    day: date
    words: str
    begin: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Where prison begins and how far it reaches, in hundredths of a scale of ten years; `goes_on` beyond its end."""

    begin: int
    width: int
    goes_on: bool


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """`only_if` is what the law asked for besides the deed; `checked` is false where nobody read the text.

    `more` is what an officer also has to know: trying, habit, and the clock of a trial.
    """

    offence_id: str
    act: str
    only_if: str
    at_least: str
    at_most: str
    fine: str
    article: str
    checked: bool
    bar: Bar
    more: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str
    source: str
    penalties: Sequence[Penalty]


def eras(pack: Pack, *, today: date) -> list[Era]:
    """The newest first. A change of the law is a day on which an offence or a rule about penalties begins."""
    begun = {row.valid_from for row in pack.all_offences if row.valid_from and row.valid_from <= today}
    begun |= {
        rule.valid_from
        for rule in pack.all_rules
        if "penalties" in rule.readers and rule.valid_from and rule.valid_from <= today
    }
    days = sorted((day for day in begun if offences_on(pack.all_offences, day)), reverse=True)
    told = [_told(pack, day) for day in days]
    # Two days between which no row of the table changes are one stretch of time for the reader.
    kept = [day for n, day in enumerate(days) if n + 1 == len(days) or told[n] != told[n + 1]]
    ends = [None, *[day - timedelta(days=1) for day in kept]]
    return [
        Era(value=day.isoformat(), day=day, words=_between(day, end), begin=_between(day, None))
        for day, end in zip(kept, ends, strict=False)
    ]


def penalties(pack: Pack, *, on: date) -> list[Group]:
    found = offences_on(pack.all_offences, on)
    return [
        Group(
            title=group_words(shown),
            source=_source(rows),
            penalties=[_penalty(row) for row in rows],
        )
        for shown in Shown
        if (rows := [row for row in found if row.shown is shown])
    ]


def _told(pack: Pack, day: date) -> tuple[object, ...]:
    rules = tuple(rule.rule_id for rule in pack.all_rules if "penalties" in rule.readers and rule.covers(day))
    return (offences_on(pack.all_offences, day), rules)


def _between(begin: date, end: date | None) -> str:
    first = date_format(begin, _("j F Y"))
    if end is None:
        return _("Since %(day)s") % {"day": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(end, _("j F Y"))}


def bar(limit: Limit) -> Bar:
    """A bound that is not named is drawn as nothing, and never as an end."""
    begin = _share(limit.least_months or 0)
    if limit.most_months is None or limit.life:
        return Bar(begin=begin, width=_WHOLE - begin, goes_on=True)
    return Bar(
        begin=begin,
        width=max(_share(limit.most_months) - begin, 1),
        goes_on=limit.most_months > _SCALE_MONTHS,
    )


def _share(months: int) -> int:
    return min(months * _WHOLE // _SCALE_MONTHS, _WHOLE)


def _penalty(offence: Offence) -> Penalty:
    korean = in_korean()
    limit = limit_of(offence)
    return Penalty(
        offence_id=offence.offence_id,
        act=offence.act_ko if korean else offence.act_en,
        only_if=offence.only_if_ko if korean else offence.only_if_en,
        at_least=at_least(offence),
        at_most=at_most(offence),
        fine=fine(offence),
        article=article_ko(offence.article) if korean else article_en(offence.article),
        checked=offence.verified,
        bar=bar(limit),
        more=more_words(limit),
    )


def _source(rows: Sequence[Offence]) -> str:
    source = rows[0].source
    return f"「{source.title_ko}」" if in_korean() else source.title_en
