"""What evidence may be used for, and for how long a deletion waits until a place was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haetae.law.country.provisions import Provision
from haetae.law.dated import read_dated
from haetae.law.duration import Duration
from haetae.law.facts import Cited
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


class Purpose(StrEnum):
    """What evidence is used for. There is no other: nothing is taught to a machine with it."""

    OFFENCE = "same_or_related_offence"
    DISCIPLINE = "related_discipline"
    DAMAGES = "subjects_damages_suit"
    OTHER_STATUTE = "other_statute"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceUse(Provision):
    """One lawful purpose, with the article that names it."""

    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping(Cited):
    """Our own rule: for how long a deletion waits for the keeping, and after which pause a stamp is asked for again."""

    deletion_waits: Duration
    deletion_waits_for_minors: Duration
    stamp_again: Duration


def uses_on(uses: Sequence[EvidenceUse], *, on: date) -> tuple[EvidenceUse, ...]:
    """The lawful purposes on a day."""
    return tuple(use for use in uses if use.covers(on))


def read_uses(tables: Sequence[Table], sources: Sources) -> tuple[EvidenceUse, ...]:
    """Every purpose in its order; two of one name never hold on one day."""
    return read_dated(tables, read=lambda table: _use(table, sources), name=lambda row: row.purpose)


def read_keeping(table: Table, sources: Sources) -> Keeping:
    with table:
        source = policy_source(table, sources)
        return Keeping(
            source=source,
            verified=verified(table, source),
            deletion_waits=table.duration("deletion_waits"),
            deletion_waits_for_minors=table.duration("deletion_waits_for_minors"),
            stamp_again=table.duration("stamp_again"),
        )


def _use(table: Table, sources: Sources) -> EvidenceUse:
    with table:
        source = legal_source(table, sources)
        return EvidenceUse(
            source=source,
            verified=verified(table, source),
            valid_from=table.day_or_none("from"),
            valid_to=table.day_or_none("to"),
            article=article_of(table, source),
            words_ko=table.text("words_ko"),
            words_en=table.text("words_en"),
            purpose=table.choice("id", Purpose),
        )
