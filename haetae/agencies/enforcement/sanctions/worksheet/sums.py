"""A sheet out of the facts of a case and the pack of the day. Pure."""

from datetime import date

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.agencies.enforcement.sanctions.worksheet import numbers, working
from haetae.agencies.enforcement.sanctions.worksheet.facts import (
    FineCase,
    FineFacts,
    SurchargeCase,
    SurchargeFacts,
    Worksheet,
)
from haetae.law.packs import Pack

Facts = SurchargeFacts | FineFacts


def kind_of(facts: Facts) -> Kind:
    return Kind.SURCHARGE if isinstance(facts, SurchargeFacts) else Kind.FINE


def article_of(facts: Facts, article: str, *, pack: Pack, on: date) -> str:
    """A surcharge rests on another article where there is no revenue; a fine on the one that was named.

    Raises numbers.NoSuchSanctionError.
    """
    if isinstance(facts, FineFacts):
        return numbers.article(pack, Kind.FINE, article, on=on).sanction_id
    by_share, by_sum = numbers.surcharge_articles(pack, on=on)
    return (by_share if facts.revenues else by_sum).sanction_id


def worked_out(facts: Facts, article: str, *, pack: Pack, on: date) -> Worksheet:
    """The sum by the law of the day `on`. Raises numbers.NoSuchSanctionError."""
    sanction_id = article_of(facts, article, pack=pack, on=on)
    law, version = pack.pack_id, str(pack.version)
    if isinstance(facts, FineFacts):
        found = numbers.fine_numbers(pack, sanction_id, earlier=facts.earlier, on=on)
        case = FineCase(facts=facts, numbers=found)
        return working.fine(case, article=sanction_id, law=law, law_version=version)
    of_surcharge = SurchargeCase(facts=facts, numbers=numbers.surcharge_numbers(pack, on=on))
    return working.surcharge(of_surcharge, article=sanction_id, law=law, law_version=version)
