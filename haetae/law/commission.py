"""How the review commission decides, as the law has it."""

from dataclasses import dataclass

from haetae.law.facts import Cited
from haetae.law.reading import Sources, article_of, legal_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Cited):
    """A majority of all `seats` decides, in writing or electronically: empty seats count as well.

    `article` allows the vote; the other articles give the seats, the hearing before it, and what is told after it.
    """

    article: str
    seats: int
    seats_article: str
    hearing_article: str
    appeal_article: str

    @property
    def needed(self) -> int:
        """The smallest majority of all seats."""
        return self.seats // 2 + 1


def read_vote(table: Table, sources: Sources) -> Vote:
    with table:
        source = legal_source(table, sources)
        return Vote(
            source=source,
            verified=verified(table, source),
            article=article_of(table, source),
            seats=table.whole_number("seats", least=1),
            seats_article=article_of(table, source, key="seats_article"),
            hearing_article=article_of(table, source, key="hearing_article"),
            appeal_article=article_of(table, source, key="appeal_article"),
        )
