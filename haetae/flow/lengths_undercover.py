"""How long undercover work may last, and by which articles, for the page of clocks."""

from haetae.flow.lengths import law
from haetae.law.packs import Pack


def urgent_starts(pack: Pack) -> str:
    found = (str(one.urgent.within) for one in pack.undercover.rules if one.urgent)
    return f"from an urgent start: {', '.join(dict.fromkeys(found))}"


def urgent_articles(pack: Pack) -> str:
    return "; ".join(law(one.urgent.article, one) for one in pack.undercover.rules if one.urgent)


def permitted_at_most(pack: Pack) -> str:
    found = (f"{one.longest}, in all {one.in_all}" for one in pack.undercover.rules)
    return f"as permitted; at most {', '.join(dict.fromkeys(found))}"


def permitting_articles(pack: Pack) -> str:
    return "; ".join(law(one.decided_article, one) for one in pack.undercover.rules)
