"""What one clock is."""

from collections.abc import Callable
from dataclasses import dataclass

from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import Pack


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`set_by` is the function that writes the row, below `haetae`; `law` and `length` are words from a pack."""

    kind: Kind
    basis: Basis
    set_by: str
    length: Callable[[Pack], str]
    source: Callable[[Pack], str]
