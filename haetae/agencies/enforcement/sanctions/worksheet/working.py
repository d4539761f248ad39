"""The sum, step by step: weights, class, share of revenue, earlier ones, effort, cap. Pure.

Money is whole won. Each product is cut down to the whole won, in favour of whoever pays; nothing is rounded up.
"""

from typing import Final

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    ClassNumbers,
    FineCase,
    Line,
    Number,
    Row,
    SurchargeCase,
    SurchargeFacts,
    SurchargeNumbers,
    Unit,
    Weighed,
    Worksheet,
)
from haetae.law.sanctioning.facts import Factor

_PERCENT: Final = 100
_PARTS: Final = 10_000


def surcharge(case: SurchargeCase, *, article: str, law: str, law_version: str) -> Worksheet:
    """A surcharge from its facts and the numbers of the pack; the cap is never passed."""
    facts, numbers = case.facts, case.numbers
    factors = tuple(_factor(facts, numbers, factor) for factor in Factor)
    score = sum(row.result for row in factors)
    found = class_of(score, numbers)
    rows = [
        *factors,
        Row(line=Line.SCORE, value=score, result=score, unit=Unit.POINTS, verified=_all(factors)),
        _severity(found, score),
    ]
    rows += _revenue(facts.revenues) if facts.revenues else []
    base, cap = _base_and_cap(numbers, found, average=rows[-1].result if facts.revenues else None)
    earlier = _earlier(base.result, facts.earlier, numbers)
    effort = _effort(earlier.result, facts.effort, numbers.effort_most_percent)
    amount = min(effort.result, cap.result)
    rows += [base, earlier, effort, cap]
    rows.append(_amount(amount, rows, capped=effort.result > cap.result))
    return Worksheet(
        kind=Kind.SURCHARGE,
        article=article,
        law=law,
        law_version=law_version,
        surcharge=case,
        rows=tuple(rows),
        score=score,
        severity=found.severity,
        cap=cap.result,
        amount=amount,
    )


def fine(case: FineCase, *, article: str, law: str, law_version: str) -> Worksheet:
    """An administrative fine: a share of the article's most by how often, then more or less for effort."""
    numbers = case.numbers
    limit = _given(Line.LIMIT, numbers.limit)
    share = _times(Line.SHARE, limit.result, numbers.share_percent.value, by=numbers.share_percent)
    effort = _effort(share.result, case.facts.effort, numbers.effort_most_percent)
    cap = _given(Line.CAP, numbers.limit)
    amount = min(effort.result, cap.result)
    rows = [limit, share, effort, cap]
    rows.append(_amount(amount, rows, capped=effort.result > cap.result))
    return Worksheet(
        kind=Kind.FINE,
        article=article,
        law=law,
        law_version=law_version,
        fine=case,
        rows=tuple(rows),
        cap=cap.result,
        amount=amount,
    )


def again(sheet: Worksheet) -> Worksheet:
    """The same sum anew from what the sheet itself holds, whatever the pack says by now."""
    named = {"article": sheet.article, "law": sheet.law, "law_version": sheet.law_version}
    if sheet.surcharge is not None:
        return surcharge(sheet.surcharge, **named)
    assert sheet.fine is not None
    return fine(sheet.fine, **named)


def class_of(score: int, numbers: SurchargeNumbers) -> ClassNumbers:
    """The heaviest class whose threshold the score reaches; the pack's reader sees to it that there is one."""
    return next(one for one in numbers.classes if score >= one.from_score)


def _factor(facts: SurchargeFacts, numbers: SurchargeNumbers, factor: Factor) -> Row:
    judged = next(one for one in facts.judged if one.factor is factor)
    weight, points = numbers.weights[judged.factor], numbers.points[judged.level]
    return Row(
        line=Line.FACTOR,
        about=f"{judged.factor}.{judged.level}",
        value=weight.value,
        times=points.value,
        result=weight.value * points.value,
        unit=Unit.POINTS,
        source=weight.source,
        verified=weight.verified and points.verified,
    )


def _severity(found: ClassNumbers, score: int) -> Row:
    return Row(
        line=Line.SEVERITY,
        about=found.severity,
        value=found.from_score,
        result=score,
        unit=Unit.POINTS,
        source=found.source,
        verified=found.verified,
    )


def _revenue(revenues: tuple[int, ...]) -> list[Row]:
    years = [
        Row(line=Line.YEAR, about=str(number), value=won, result=won, unit=Unit.WON, verified=True)
        for number, won in enumerate(revenues, start=1)
    ]
    whole, count = sum(revenues), len(revenues)
    average = Row(
        line=Line.AVERAGE, value=whole, times=1, of=count, result=whole // count, unit=Unit.WON, verified=True
    )
    return [*years, average]


def _base_and_cap(numbers: SurchargeNumbers, found: ClassNumbers, *, average: int | None) -> tuple[Row, Row]:
    rate = Number(value=found.rate, source=found.source, verified=found.verified)
    if average is None:
        fixed = Number(value=found.without_revenue, source=found.source, verified=found.verified)
        return _given(Line.BASE, fixed), _given(Line.CAP, numbers.cap_without_revenue)
    base = _times(Line.BASE, average, rate.value, by=rate, of=_PARTS)
    return base, _times(Line.CAP, average, numbers.cap_percent.value, by=numbers.cap_percent)


def _earlier(won: int, count: int, numbers: SurchargeNumbers) -> Row:
    more = min(count * numbers.each_percent.value, numbers.counts_most_percent.value)
    return _times(Line.EARLIER, won, _PERCENT + more, by=numbers.each_percent, about=str(count))


def _effort(won: int, weighed: Weighed, most: Number) -> Row:
    percent = max(-most.value, min(most.value, weighed.percent))
    return _times(Line.EFFORT, won, _PERCENT + percent, by=most, about=str(percent))


def _amount(amount: int, rows: list[Row], *, capped: bool) -> Row:
    about = "capped" if capped else ""
    return Row(
        line=Line.AMOUNT, about=about, value=amount, result=amount, unit=Unit.WON, verified=_all(tuple(rows))
    )


def _given(line: Line, number: Number) -> Row:
    return Row(
        line=line,
        value=number.value,
        result=number.value,
        unit=Unit.WON,
        source=number.source,
        article=number.article,
        verified=number.verified,
    )


def _times(line: Line, won: int, times: int, *, by: Number, of: int = _PERCENT, about: str = "") -> Row:
    return Row(
        line=line,
        about=about,
        value=won,
        times=times,
        of=of,
        result=won * times // of,
        unit=Unit.WON,
        source=by.source,
        article=by.article,
        verified=by.verified,
    )


def _all(rows: tuple[Row, ...]) -> bool:
    return all(row.verified for row in rows)
