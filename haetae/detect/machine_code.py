"""How a function becomes machine code: compiled for fixed types, kept on disk, without Python's global lock."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(
    signature: object, *, fastmath: Collection[str] = (), inline: bool = False
) -> Callable[[Function], Function]:
    """Compile for these types when the module is imported, or take what an earlier process has kept.

    `fastmath` names what may be rearranged among floating point numbers; nothing unless it is said.
    """
    make: Any = njit(
        signature,
        cache=True,
        nogil=True,
        fastmath=set(fastmath) or False,
        inline="always" if inline else "never",
    )

    def decorate(function: Function) -> Function:
        made: Function = make(function)
        return made

    return decorate
