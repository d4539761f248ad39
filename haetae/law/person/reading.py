"""From the tables of a pack to what a person reads; what is inconsistent is refused before anybody relies on it."""

from collections.abc import Sequence

from haetae.law.dated import read_dated, read_without_holes
from haetae.law.person.facts import Offence, Reader, Retention, RetentionClass, Rule, Shown, TimeLimit
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table


def read_offences(tables: Sequence[Table], sources: Sources) -> tuple[Offence, ...]:
    """Each with the first day that can be vouched for, and without a gap between two of one name."""
    return read_without_holes(
        tables, read=lambda table: _offence(table, sources), name=lambda offence: offence.offence_id
    )


def read_rules(tables: Sequence[Table], sources: Sources) -> tuple[Rule, ...]:
    return read_dated(tables, read=lambda table: _rule(table, sources), name=lambda rule: rule.rule_id)


def read_retentions(tables: Sequence[Table], sources: Sources) -> tuple[Retention, ...]:
    return read_dated(tables, read=lambda table: _retention(table, sources), name=lambda row: row.kind)


def _offence(table: Table, sources: Sources) -> Offence:
    with table:
        source = legal_source(table, sources)
        offence = Offence(
            source=source,
            verified=verified(table, source),
            valid_from=table.day("from"),
            valid_to=table.day_or_none("to"),
            offence_id=table.text("id"),
            shown=table.choice("shown", Shown),
            article=article_of(table, source),
            min_years=table.whole_number_or_none("min_years", least=1, most=50),
            max_years=table.whole_number_or_none("max_years", least=1, most=50),
            max_months=table.whole_number_or_none("max_months", least=1, most=600),
            life=table.flag("life", default=False),
            max_fine=table.money_or_none("max_fine"),
            fine_without_sum=table.flag("fine_without_sum", default=False),
            act_ko=table.text("act_ko"),
            act_en=table.text("act_en"),
            only_if_ko=table.text_or_none("only_if_ko") or "",
            only_if_en=table.text_or_none("only_if_en") or "",
            attempt=table.flag("attempt", default=False),
            habit_percent=table.whole_number_or_none("habit_percent", least=1, most=200),
            clock=table.choice("clock", TimeLimit) if "clock" in table else None,
        )
    least, most = offence.min_years, offence.max_years
    if least is None and most is None and offence.max_months is None:
        raise table.error("say min_years, max_years or both: a penalty has at least one bound.")
    if most is not None and offence.max_months is not None:
        raise table.error("say the most in years or in months, not in both.")
    if least is not None and most is not None and least > most:
        raise table.error("min_years is above max_years; have they changed places?")
    return offence


def _rule(table: Table, sources: Sources) -> Rule:
    with table:
        source = legal_source(table, sources)
        return Rule(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            rule_id=table.text("id"),
            readers=table.choices("readers", Reader),
            article=article_of(table, source),
            title_ko=table.text("title_ko"),
            title_en=table.text("title_en"),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
        )


def _retention(table: Table, sources: Sources) -> Retention:
    with table:
        source = legal_source(table, sources)
        return Retention(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            kind=table.choice("id", RetentionClass),
            article=article_of(table, source),
            keep_for=table.duration_or_none("keep_for"),
            destroyed_on_demand=table.flag("destroyed_on_demand", default=False),
        )
