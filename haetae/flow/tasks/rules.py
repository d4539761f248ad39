"""Whether a task may be ended so, and why not. Pure: codes that the page words."""

from haetae.flow.tasks.states import MOVES, OUTCOMES, Kind, Outcome, State

SHORTEST_NOTE, LONGEST_NOTE = 3, 2_000


def why_not_finish(state: State, *, kind: Kind, outcome: Outcome, note: str) -> str | None:
    """A code for what stands against it, or None."""
    if State.DONE not in MOVES[state]:
        return "task_over"
    if outcome not in OUTCOMES[kind]:
        return "outcome_does_not_fit"
    if not SHORTEST_NOTE <= len(note.strip()) <= LONGEST_NOTE:
        return "note_length"
    return None
