"""Which consent counts. Pure: it says why not, in a code."""

from collections.abc import Collection
from typing import Final

from haetae.agencies.support.consent.states import Giver, Kind, Paper
from haetae.agencies.support.states import Circumstance

# SVP-R 2-6: who acts for somebody shows who they are, and a power of attorney signed by hand with a copy of that
# person's own paper; a guardian shows who they are and how they are related.
_PAPERS: Final[dict[Giver, frozenset[Paper]]] = {
    Giver.PERSON: frozenset(),
    Giver.GUARDIAN: frozenset({Paper.ID_OF_REQUESTER, Paper.RELATION}),
    Giver.AGENT: frozenset({Paper.ID_OF_REQUESTER, Paper.POWER_OF_ATTORNEY, Paper.ID_OF_PERSON}),
}


def why_not_note(
    kind: Kind,
    *,
    giver: Giver,
    papers: Collection[Paper],
    circumstances: Collection[str],
    home_asked: bool,
) -> str | None:
    """What stands against noting it, or None."""
    unsafe = Circumstance.GUARDIAN_UNSAFE in circumstances
    if unsafe and (giver is Giver.GUARDIAN or kind is Kind.TELL_GUARDIAN):
        return "guardian_unsafe"
    if not home_asked and (giver is Giver.GUARDIAN or kind is Kind.TELL_GUARDIAN):
        return "home_not_asked"
    if kind is Kind.TELL_GUARDIAN and giver is not Giver.PERSON:
        return "only_the_person_agrees_to_that"
    return None if set(papers) >= _PAPERS[giver] else f"papers_of_{giver}_missing"


def falls_with_an_unsafe_home(kind: Kind, giver: Giver) -> bool:
    """Once somebody at home is not safe, what they said counts no more, and nothing is told to them."""
    return giver is Giver.GUARDIAN or kind is Kind.TELL_GUARDIAN
