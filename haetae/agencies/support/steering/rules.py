"""What the person may decide alone, and what follows from it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from haetae.agencies.support.states import Age, Circumstance, Relation, State

# Whoever takes one of these back makes the person less safe: a counsellor asks first.
_PROTECTS: Final = frozenset({Circumstance.GUARDIAN_UNSAFE})
_URGENT: Final = frozenset(
    {Circumstance.THREATENED, Circumstance.MONEY_DEMANDED, Circumstance.GUARDIAN_UNSAFE}
)
# On whose right deletion is asked for, as far as it is the person's to choose (ids in the pack; empty: we choose).
CHOOSABLE_BASES: Final = ("", "designated_body_request", "infringed_person_request")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the person has told us about themselves, in codes."""

    relation: Relation
    age: Age
    circumstances: frozenset[Circumstance]
    legal_basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Settled:
    """`now` holds at once; `asks_counsellor`: something in it would protect less, and stays until one has asked."""

    now: Answers
    asks_counsellor: bool
    is_urgent: bool


def settle(*, before: Answers, wanted: Answers) -> Settled:
    """More protection counts at once, less of it only when a counsellor has asked."""
    age = Age.UNDER_19 if before.age is Age.UNDER_19 else wanted.age
    kept = before.circumstances & _PROTECTS
    now = Answers(
        relation=wanted.relation,
        age=age,
        circumstances=wanted.circumstances | kept,
        legal_basis=wanted.legal_basis if wanted.legal_basis in CHOOSABLE_BASES else before.legal_basis,
    )
    raised = age is Age.UNDER_19 and before.age is not Age.UNDER_19
    return Settled(
        now=now,
        asks_counsellor=age is not wanted.age or bool(kept - wanted.circumstances),
        is_urgent=raised or bool((wanted.circumstances - before.circumstances) & _URGENT),
    )


def counts(*, state: State, age: Age) -> bool:
    """Whether what this case told is a reason to look and to ask.

    For somebody under 19 it stays one when the person stops: the law wants such pictures gone without anybody's
    request (Sexual Violence Prevention and Victims Protection Act, article 7-3(3)).
    """
    return state is State.OPEN or (state is State.WITHDRAWN and age is Age.UNDER_19)


def why_not_stop(state: State) -> str | None:
    """A code for what stands against withdrawing; one that is withdrawn may be withdrawn again, and nothing changes."""
    return "case_destroyed" if state is State.DESTROYED else None


def circumstances_of(codes: Collection[str]) -> frozenset[Circumstance]:
    """The codes that are known; anything else is no answer."""
    return frozenset(Circumstance(code) for code in codes if code in set(Circumstance))
