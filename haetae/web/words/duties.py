"""What the law asks of an operator, in lines that both the operator and officials read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from haetae.agencies.enforcement.filings.duties.rules import Answer, Duty
from haetae.agencies.enforcement.filings.facts.queries import duties_on
from haetae.agencies.enforcement.filings.facts.rules import NUMBERS, Known
from haetae.agencies.enforcement.filings.models import OperatorFact
from haetae.agencies.enforcement.filings.states import FactKind, Origin
from haetae.law.country.duties import DutyId, OperatorDuty
from haetae.law.packs import load_pack
from haetae.web.words.filings import ANSWERS, FACTS, ORIGINS, SERVICES, WHYS
from haetae.web.words.language import in_korean


@dataclass(frozen=True, kw_only=True)
class DutyLine:
    """`steps` is what the duty means, where the pack says it; `sizes` what the article names, in words."""

    words: str
    article: str
    tone: str
    shape: str
    answer: str
    why: Sequence[str]
    sizes: Sequence[str]
    steps: Sequence[str]
    kept: str
    shown_by: str
    is_missing: bool
    is_checked: bool


@dataclass(frozen=True, kw_only=True)
class FactLine:
    fact_id: UUID
    kind: str
    value: str
    origin: str
    is_own_word: bool
    verified: bool
    since: date
    until: date | None
    source: str


def duty_lines(operator_id: UUID, *, day: date) -> Sequence[DutyLine]:
    """Every duty that the pack knows, on a day."""
    return [_line(duty) for duty in duties_on(operator_id, day=day)]


def fact_line(row: OperatorFact) -> FactLine:
    return FactLine(
        fact_id=row.pk,
        kind=_kind(FactKind(row.kind), row.detail),
        value=_value(FactKind(row.kind), row.number, row.text, row.detail),
        origin=str(ORIGINS[row.origin]),
        is_own_word=row.origin == Origin.OWN_WORD,
        verified=row.verified,
        since=row.since,
        until=row.until,
        source=row.source,
    )


def _line(duty: Duty) -> DutyLine:
    tone, shape, words = ANSWERS[duty.answer]
    law = duty.law
    applies = duty.answer is Answer.YES
    return DutyLine(
        words=law.words_ko if in_korean() else law.words_en,
        article=law.source.cite_ko(law.article) if in_korean() else law.source.cite_en(law.article),
        tone=tone,
        shape=shape,
        answer=str(words),
        why=[str(WHYS[why]) for why in duty.why],
        sizes=_sizes(law),
        steps=_steps(law),
        kept=_kept(law),
        shown_by=_known(duty.shown_by) if duty.shown_by else "",
        is_missing=applies and duty.shown_by is None and law.duty is DutyId.YOUTH_OFFICER,
        is_checked=duty.is_checked or duty.answer is Answer.UNKNOWN,
    )


def _sizes(law: OperatorDuty) -> list[str]:
    sizes = []
    if law.always_for:
        named = ", ".join(sorted(str(SERVICES[service]) for service in law.always_for))
        sizes.append(_("%(services)s: at any size") % {"services": named})
    if law.revenue_at_least:
        sizes.append(
            _("revenue of last year from %(won)s won on") % {"won": f"{law.revenue_at_least.amount:,}"}
        )
    if law.daily_users_at_least:
        sizes.append(_("%(users)s users a day or more") % {"users": f"{law.daily_users_at_least:,}"})
    return sizes


def _steps(law: OperatorDuty) -> list[str]:
    """What it means: the steps of the procedure under the same article."""
    procedures = load_pack(settings.JURISDICTION).country.procedures
    return [
        step.words_ko if in_korean() else step.words_en
        for procedure in procedures
        if (procedure.source.key, procedure.article) == (law.source.key, law.article)
        for step in procedure.steps
    ]


def _kept(law: OperatorDuty) -> str:
    """How long what is done has to be logged."""
    for record in load_pack(settings.JURISDICTION).country.records:
        if (record.source.key, record.article) == (law.source.key, law.article):
            years, months = divmod(record.keep_for.months, 12)
            length = _("%(count)s years") % {"count": years} if not months else str(record.keep_for)
            return _("Logs of it are kept for %(length)s.") % {"length": length}
    return ""


def _known(fact: Known) -> str:
    parts = [fact.text or f"{fact.number:,}", fact.since.isoformat(), str(ORIGINS[fact.origin])]
    return " · ".join(parts)


def _kind(kind: FactKind, detail: str) -> str:
    words = str(FACTS[kind])
    return f"{words} ({detail})" if kind is FactKind.REVENUE else words


def _value(kind: FactKind, number: int | None, text: str, detail: str) -> str:
    if kind in NUMBERS:
        return f"{number:,}"
    return str(SERVICES[detail]) if kind is FactKind.SERVICE else text
