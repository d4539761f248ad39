"""Facts of a case to work out a sum from."""

from datetime import date

from haetae.agencies.enforcement.sanctions.worksheet import numbers, working
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    FineCase,
    FineFacts,
    Judged,
    SurchargeCase,
    SurchargeFacts,
    Weighed,
    Worksheet,
)
from haetae.law.packs import load_pack
from haetae.law.sanctioning.facts import Factor, Level

PACK = load_pack("kr")
ON = date(2026, 11, 26)
NAMED = {"law": "kr", "law_version": str(PACK.version)}
NUMBERS = numbers.surcharge_numbers(PACK, on=ON)


def surcharge(
    *,
    revenues: tuple[int, ...] = (9_000_000_000, 12_000_000_000, 15_000_000_001),
    levels: dict[Factor, Level] | None = None,
    earlier: int = 0,
    percent: int = 0,
) -> Worksheet:
    judged = tuple(
        Judged(factor=factor, level=(levels or {}).get(factor, Level.MIDDLE), evidence=("a1",), reason="seen")
        for factor in Factor
    )
    facts = SurchargeFacts(
        revenues=revenues,
        judged=judged,
        earlier=earlier,
        effort=Weighed(percent=percent, reason="co-operates"),
    )
    return working.surcharge(SurchargeCase(facts=facts, numbers=NUMBERS), article="surcharge", **NAMED)


def fine(article: str = "ignoring_a_corrective_order", *, earlier: int = 0, percent: int = 0) -> Worksheet:
    facts = FineFacts(earlier=earlier, effort=Weighed(percent=percent))
    found = numbers.fine_numbers(PACK, article, earlier=earlier, on=ON)
    return working.fine(FineCase(facts=facts, numbers=found), article=article, **NAMED)
