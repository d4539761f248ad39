"""What stands against destroying what belongs to a person, and how long traces of work stay."""

from dataclasses import dataclass

from haetae.law.duration import Duration
from haetae.law.facts import Cited, Source
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Cited):
    """The article on which a hold rests; `longest` is our own rule, and so has a source of its own."""

    article: str
    longest: Duration
    longest_source: Source

    @property
    def citation(self) -> str:
        """As a due date names it, in one code."""
        return f"{self.source.key} {self.article}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces(Cited):
    """How long each stays after it is over: our own rule."""

    sign_ins: Duration
    sessions: Duration
    jobs: Duration


def read_hold(*, legal: Table, policy: Table, sources: Sources) -> Hold:
    with legal, policy:
        source = legal_source(legal, sources)
        return Hold(
            source=source,
            verified=verified(legal, source),
            article=article_of(legal, source),
            longest=policy.duration("longest"),
            longest_source=policy_source(policy, sources),
        )


def read_traces(table: Table, sources: Sources) -> Traces:
    with table:
        source = policy_source(table, sources)
        return Traces(
            source=source,
            verified=verified(table, source),
            sign_ins=table.duration("sign_ins"),
            sessions=table.duration("sessions"),
            jobs=table.duration("jobs"),
        )
