"""Prints the flow from the tables that the code uses: `python -m haetae.running.flow_page` writes docs/flow.md."""

from collections.abc import Iterator
from typing import Any

from haetae.flow.arrival import states as arrival
from haetae.flow.assessment import states as assessment
from haetae.flow.deadlines import states as deadlines
from haetae.flow.next_step import ENDS, FOLLOWS, WHEN_DUE
from haetae.flow.removal import states as removal
from haetae.flow.verification import states as verification

TABLES: dict[str, dict[Any, Any]] = {
    "report (arrival)": arrival.MOVES,
    "assessment": assessment.MOVES,
    "deletion request (removal)": removal.MOVES,
    "probe (verification)": verification.MOVES,
    "deadline": deadlines.MOVES,
}


def steps() -> Iterator[str]:
    """Which step each event causes."""
    yield "| when this happened | this function goes on | because |"
    yield "|---|---|---|"
    for event, step in FOLLOWS.items():
        yield f"| `{event}` | `next_step.{step.__name__}` | {_first_line(step.__doc__)} |"


def dues() -> Iterator[str]:
    """What happens when a due date passes."""
    yield "| due | then |"
    yield "|---|---|"
    for kind, act in WHEN_DUE.items():
        yield f"| `{kind}` | `next_step.{act.__name__}` |"


def ends() -> Iterator[str]:
    """Events that cause no step, and why the flow may rest there."""
    yield "| when this happened | no step, because |"
    yield "|---|---|"
    for event, why in ENDS.items():
        yield f"| `{event}` | {why} |"


def moves() -> Iterator[str]:
    """Every state, and what may follow it."""
    for name, table in TABLES.items():
        yield f"| {name} | may become |"
        yield "|---|---|"
        for state, after in table.items():
            yield f"| `{state}` | {', '.join(f'`{one}`' for one in sorted(after)) or 'nothing: an end'} |"
        yield ""


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0].rstrip(".")
