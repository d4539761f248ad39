"""What the law says at a scene, in the words of the pack, with the article and the state of the law that was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings

from haetae.law.facts import Source
from haetae.law.packs import Pack, load_pack
from haetae.web.words.language import in_korean


@dataclass(frozen=True, kw_only=True)
class Article:
    """`read_on` is the day on which the law was read; `checked` is false where nobody could check it by its source."""

    words: str
    citation: str
    read_on: date
    checked: bool


class _Worded(Protocol):
    @property
    def source(self) -> Source: ...
    @property
    def verified(self) -> bool: ...
    @property
    def article(self) -> str: ...
    @property
    def words_ko(self) -> str: ...
    @property
    def words_en(self) -> str: ...


def articles(names: Sequence[str]) -> list[Article]:
    """Raises KeyError for a name that the pack does not know."""
    pack = load_pack(settings.JURISDICTION)
    found = dict(_named(pack))
    return [_article(found[name], read_on=pack.version) for name in names]


def _named(pack: Pack) -> list[tuple[str, _Worded]]:
    named: list[tuple[str, _Worded]] = [(f"rule:{one.rule_id}", one) for one in pack.all_rules]
    named += [(f"power:{one.ground}", one) for one in pack.orders.powers]
    named += [(f"undercover:{one.rule_id}", one) for one in pack.undercover.rules]
    named += [
        (f"step:{procedure.procedure_id}.{step.step_id}", step)
        for procedure in pack.country.procedures
        for step in procedure.steps
    ]
    return named


def _article(one: _Worded, *, read_on: date) -> Article:
    korean, source = in_korean(), one.source
    return Article(
        words=one.words_ko if korean else one.words_en,
        citation=source.cite_ko(one.article) if korean else source.cite_en(one.article),
        read_on=read_on,
        checked=one.verified and source.verified,
    )
