"""What was announced, beside what the law says: each claim with the statute that it meets. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from haetae.law.facts import Cited
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


class Verdict(StrEnum):
    """How the two go together."""

    MERGED = "merged"  # two rules were told as one
    ALREADY_LAW = "already_law"  # announced, and in force before
    LEAST_TOLD_AS_MOST = "least_told_as_most"
    INCOMPLETE = "incomplete"
    OTHER_ACTOR = "other_actor"  # somebody else does it
    NOT_ENACTED = "not_enacted"  # not found in any statute
    ENACTED = "enacted"  # law since


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Cited):
    """The article that a claim meets."""

    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Cited):
    """`source` is where it was said; `law` is the article that it meets, None where none was found.

    `offences` are ids of the pack's offences of which it speaks.
    """

    claim_id: str
    verdict: Verdict
    said_ko: str
    said_en: str
    law_ko: str
    law_en: str
    law: Met | None
    offences: tuple[str, ...]


def read_claims(tables: Sequence[Table], sources: Sources) -> tuple[Claim, ...]:
    """In the order in which they are to be read."""
    return tuple(_claim(table, sources) for table in tables)


def _claim(table: Table, sources: Sources) -> Claim:
    with table:
        source = policy_source(table, sources)
        return Claim(
            source=source,
            verified=verified(table, source),
            claim_id=table.text("id"),
            verdict=table.choice("verdict", Verdict),
            said_ko=table.text("said_ko"),
            said_en=table.text("said_en"),
            law_ko=table.text("law_ko"),
            law_en=table.text("law_en"),
            law=_met(table.table_or_none("law"), sources),
            offences=table.texts("offences") if "offences" in table else (),
        )


def _met(table: Table | None, sources: Sources) -> Met | None:
    if table is None:
        return None
    with table:
        source = legal_source(table, sources)
        return Met(source=source, verified=verified(table, source), article=article_of(table, source))
