"""Which ground fits which decision, and how one is written. Pure; how the commission votes stands in commission/."""

from enum import StrEnum

from haetae.flow.review.states import DECISIONS, State

SHORTEST_STATEMENT, LONGEST_STATEMENT = 10, 4_000


class Reason(StrEnum):
    """The ground of a decision, as a code; the statement says it in words."""

    NO_CONSENT = "no_consent"  # made or spread against the will of the person in it
    MANIPULATED = "manipulated"  # face, body or voice of a person edited or synthesised
    MINOR = "minor"  # the person in it is, or looks like, a minor
    OUT_OF_REACH = "out_of_reach"  # cannot be deleted where it lies
    LAWFUL = "lawful"  # nothing in it is against the law
    MISTAKEN = "mistaken"  # not the picture that it was taken for


_HARM = frozenset({Reason.NO_CONSENT, Reason.MANIPULATED, Reason.MINOR})
REASONS: dict[State, frozenset[Reason]] = {
    State.REMOVE: _HARM,
    State.BLOCK_ACCESS: _HARM | {Reason.OUT_OF_REACH},
    State.NOT_HARMFUL: frozenset({Reason.LAWFUL, Reason.MISTAKEN}),
}


def why_not_text(decision: State, reason: Reason, *, statement: str) -> str | None:
    """What is wrong with a decision as it is written, by itself: a code, or None."""
    if decision not in DECISIONS or reason not in REASONS[decision]:
        return "reason_does_not_fit"
    readable = sum(character.isprintable() for character in statement.strip())
    if readable < SHORTEST_STATEMENT or len(statement.strip()) > LONGEST_STATEMENT:
        return "statement_length"
    return None
