"""Who is heard before an act: the law's exceptions, and how long a party is asked, which no text names a number for."""

from collections.abc import Mapping
from dataclasses import dataclass

from haetae.law.duration import Duration
from haetae.law.facts import Cited
from haetae.law.reading import Sources, article_of, legal_source, policy_source, verified
from haetae.law.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBeLeftOut(Cited):
    """The article that says when nobody has to be heard before an act of one kind."""

    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearings(Cited):
    """The terms that are offered; the official who asks may name any other day. `unheard` by the kind of act."""

    operator_within: Duration
    urgent_within: Duration
    unheard: Mapping[str, MayBeLeftOut]


def read_hearings(*, legal: Table, policy: Table, sources: Sources) -> Hearings:
    with legal, policy:
        source = policy_source(policy, sources)
        return Hearings(
            source=source,
            verified=verified(policy, source),
            operator_within=policy.duration("operator_within"),
            urgent_within=policy.duration("urgent_within"),
            unheard={kind: _exception(legal.table(kind), sources) for kind in legal},
        )


def _exception(table: Table, sources: Sources) -> MayBeLeftOut:
    with table:
        source = legal_source(table, sources)
        return MayBeLeftOut(
            source=source, verified=verified(table, source), article=article_of(table, source)
        )
