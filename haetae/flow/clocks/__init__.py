"""What runs on which clock: every due date with its basis, its length, its source, and what sets it.

Lengths and sources are read from the packs when the page is printed: `python -m haetae.running.clocks_page`.
"""

from collections.abc import Iterator
from typing import Final

from haetae.flow.clocks.around import AROUND
from haetae.flow.clocks.main import FLOW
from haetae.flow.deadlines.states import Basis
from haetae.flow.drawing import name_of
from haetae.flow.next_step import WHEN_DUE, WHEN_LAW_IS_DUE
from haetae.law.packs import load_pack

CLOCKS: Final = (*FLOW, *AROUND)


def table() -> Iterator[str]:
    """One line for each clock, the law's first."""
    yield "| due | basis | how long | source | set by | when it passes |"
    yield "|---|---|---|---|---|---|"
    pack = load_pack()
    for clock in sorted(CLOCKS, key=lambda clock: clock.basis is not Basis.LEGAL):
        by_law = WHEN_LAW_IS_DUE.get(clock.kind) if clock.basis is Basis.LEGAL else None
        basis = "**law**" if clock.basis is Basis.LEGAL else "target"
        then = name_of(by_law or WHEN_DUE[clock.kind])
        yield (
            f"| `{clock.kind}` | {basis} | {clock.length(pack)} | {clock.source(pack)} | `{clock.set_by}` | `{then}` |"
        )
