"""What the law and the helplines of a day put into a text: `{penalty make}` and `{call police}`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from haetae.agencies.education.lessons.facts import Deed
from haetae.law.packs import NotInForceError, Pack
from haetae.law.person.facts import Helpline, Offence, Rule, Situation
from haetae.law.person.penalties import limit_on
from haetae.law.table import Table

LANGUAGES: Final = ("ko", "en")
_GAP: Final = re.compile(r"\{(?P<kind>[a-z]+) (?P<name>[a-z_0-9]+)\}")
_MILLION, _TEN_THOUSAND, _TEN_MILLION = 1_000_000, 10_000, 10_000_000


class LessonError(ValueError):
    """A lesson cannot be read; the message names the file, the key and the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The law of one pack on one day, in one language."""

    pack: Pack
    on: date
    language: str

    @property
    def korean(self) -> bool:
        return self.language == "ko"

    def fill(self, text: str, *, where: Table) -> str:
        """The text without gaps. Raises PackError for a gap that nothing fills."""
        return _GAP.sub(lambda gap: self._said(gap["kind"], gap["name"], where), text)

    def deed(self, offence_id: str, *, where: Table) -> Deed:
        offence = self._offence(offence_id, where)
        cite = offence.source.cite_ko if self.korean else offence.source.cite_en
        return Deed(
            offence_id=offence_id,
            shown=offence.shown,
            act=offence.act_ko if self.korean else offence.act_en,
            penalty=penalty_words(offence, korean=self.korean),
            citation=cite(offence.article),
            checked=offence.verified,
        )

    def rule(self, rule_id: str, *, where: Table) -> Rule | None:
        """None where the rule does not hold yet, or no longer, on the day."""
        found = [rule for rule in self.pack.all_rules if rule.rule_id == rule_id]
        if not found:
            raise where.error(f"key 'rules': '{rule_id}' is no rule of the pack.")
        return next((rule for rule in found if rule.covers(self.on)), None)

    def calls(self, situations: Sequence[Situation]) -> tuple[Helpline, ...]:
        """Each helpline once, the first situation's first: in the pack's order, as a printed page knows no hour."""
        known = {line.helpline_id: line for line in self.pack.all_helplines}
        turnings = {row.situation: row.helplines for row in self.pack.turnings}
        ids = dict.fromkeys(one for situation in situations for one in turnings[situation])
        return tuple(known[one] for one in ids)

    def _said(self, kind: str, name: str, where: Table) -> str:
        if kind == "penalty":
            return penalty_words(self._offence(name, where), korean=self.korean)
        number = next((line.number for line in self.pack.all_helplines if line.helpline_id == name), "")
        if kind != "call" or not number:
            raise where.error(
                f"nothing fills '{{{kind} {name}}}'; write {{penalty …}} or {{call …}} with an id."
            )
        return number

    def _offence(self, offence_id: str, where: Table) -> Offence:
        try:
            return limit_on(self.pack.all_offences, offence_id, self.on).offence
        except NotInForceError as error:
            raise where.error(f"offence '{offence_id}': {error}") from error


def penalty_words(offence: Offence, *, korean: bool) -> str:
    """The bounds as one phrase. What the article does not name is not said: a least never sounds like a most."""
    won = offence.max_fine_won
    if korean:
        said = [
            *(["무기징역"] if offence.life else []),
            *_prison_ko(offence),
            *([f"{_won_ko(won)} 이하의 벌금"] if won else []),
        ]
        return "이나 ".join(said)
    said = [
        *(["prison for life"] if offence.life else []),
        *_prison_en(offence),
        *([f"a fine of up to {won / _MILLION:g} million won"] if won else []),
    ]
    return " or ".join(said)


def _prison_ko(offence: Offence) -> list[str]:
    least, most = offence.min_years, offence.max_years
    bounds = [f"{least}년 이상" if least else "", f"{most}년 이하" if most else ""]
    if offence.max_months:
        bounds[1] = f"{offence.max_months}개월 이하"
    said = " ".join(bound for bound in bounds if bound)
    return [f"{said}의 징역"] if said else []


def _prison_en(offence: Offence) -> list[str]:
    least, most = offence.min_years, offence.max_years
    bounds = [f"at least {_years(least)}" if least else "", f"up to {_years(most)}" if most else ""]
    if offence.max_months:
        bounds[1] = f"up to {offence.max_months} months"
    said = " and ".join(bound for bound in bounds if bound)
    return [f"{said} in prison"] if said else []


def _years(number: int) -> str:
    return f"{number} year{'' if number == 1 else 's'}"


def _won_ko(won: int) -> str:
    """천만 is the unit in which such sums are said."""
    if won % _TEN_MILLION == 0:
        return f"{won // _TEN_MILLION}천만 원"
    return f"{won // _TEN_THOUSAND:,}만 원"
