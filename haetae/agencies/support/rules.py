"""What a case must hold, and in which order counsellors are asked. Pure: it says why not, in a code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from haetae.agencies.support.states import (
    Age,
    Cadence,
    Channel,
    Circumstance,
    ExOfficio,
    Relation,
    State,
    Text,
)
from haetae.flow.arrival.rules import why_not_a_link
from haetae.flow.arrival.states import Depicted
from haetae.hashbank.rules import NewEntry, why_not_batch

LINKS_MOST: Final = 20
HASHES_MOST: Final = 20
TEXT_LONGEST: Final = 8_000
MESSAGE_LONGEST: Final = 4_000
MINORS: Final = "told-minors"
ADULTS: Final = "told-adults"

_DEPICTED: Final = {
    Relation.ME: Depicted.ME,
    Relation.CHILD: Depicted.IN_MY_CARE,
    Relation.RELATIVE: Depicted.IN_MY_CARE,
    Relation.CLIENT: Depicted.IN_MY_CARE,
    Relation.PUPIL: Depicted.SOMEBODY_ELSE,
    Relation.FRIEND: Depicted.SOMEBODY_ELSE,
    Relation.STRANGER: Depicted.SOMEBODY_ELSE,
    Relation.UNSAID: Depicted.UNSAID,
}
DANGER: Final = frozenset(
    {Circumstance.THREATENED, Circumstance.MONEY_DEMANDED, Circumstance.GUARDIAN_UNSAFE}
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a person tells us at once. Everything may be left out but one of links, hashes, story and keywords."""

    links: Sequence[str] = ()
    hashes: Sequence[NewEntry] = ()
    texts: Mapping[Text, str] = field(default_factory=dict)
    relation: Relation = Relation.UNSAID
    age: Age = Age.UNSAID
    circumstances: Collection[Circumstance] = ()
    language: str = "ko"
    cadence: Cadence = Cadence.NEVER
    legal_basis: str = ""
    channel: Channel = Channel.PORTAL
    ex_officio: ExOfficio | None = None
    behind: bool = False  # its network had sent very many: machines look after the reports of others

    @property
    def depicted(self) -> Depicted:
        """How the flow knows the same answer."""
        return _DEPICTED[self.relation]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`field` names the question, `code` what is wrong, `number` which of several (from 1; 0: it is one)."""

    field: str
    code: str
    number: int = 0


def why_not_tell(told: Told) -> Problem | None:
    """What stands against sending this, or None."""
    if not (told.links or told.hashes or told.texts.get(Text.STORY) or told.texts.get(Text.KEYWORDS)):
        return Problem(field="links", code="nothing_to_find_it_by")
    for number, link in enumerate(told.links, start=1):
        code = why_not_a_link(link)
        if code is not None:
            return Problem(field="links", code=code, number=number)
    if len(told.links) > LINKS_MOST:
        return Problem(field="links", code="too_many_links")
    if len(told.hashes) > HASHES_MOST or (told.hashes and why_not_batch(told.hashes)):
        return Problem(field="hashes", code="hashes_unreadable")
    for kind, text in told.texts.items():
        if len(text) > TEXT_LONGEST:
            return Problem(field=kind.value, code="text_too_long")
    return None


def why_not_write(state: State, *, text: str) -> str | None:
    """A code for what stands against a message, or None."""
    if state in {State.HELD, State.DESTROYED}:
        return "case_destroyed"
    if not text.strip():
        return "message_empty"
    return "message_too_long" if len(text) > MESSAGE_LONGEST else None


def rank(*, age: Age, circumstances: Collection[Circumstance]) -> int:
    """Who comes first at the counsellor's desk: minors, then who is in danger. An unsaid age is no adult's."""
    in_danger = bool(DANGER & set(circumstances))
    if age is Age.UNDER_19:
        return 0 if in_danger else 1
    return (10 if in_danger else 20) + (1 if age is Age.ADULT else 0)


def list_for(age: Age) -> str:
    """The house's own list on which a hash from somebody's device stands."""
    return MINORS if age is Age.UNDER_19 else ADULTS
