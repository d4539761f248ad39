"""Which keys there are is looked at each time they are asked for: whoever changes one changes it for everybody."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from haetae.common.keys.errors import MissingKeyError
from haetae.common.keys.generations import GENERATIONS

Written = tuple[int, int, int]
_NONE: Final[Written] = (0, 0, 0)


class _InAFolder(Protocol):
    @property
    def folder(self) -> Path:
        """Where its keys lie."""


_Ring = TypeVar("_Ring", bound=_InAFolder)
_Given = TypeVar("_Given")
_Asked = ParamSpec("_Asked")


def written(folder: Path) -> Written:
    """Differs after every change of keys: what tells of them is replaced as a whole each time."""
    try:
        status = (folder / GENERATIONS).stat()
    except FileNotFoundError:
        return _NONE
    return status.st_ino, status.st_mtime_ns, status.st_size


def as_of_one_moment(
    method: Callable[Concatenate[_Ring, _Asked], _Given],
) -> Callable[Concatenate[_Ring, _Asked], _Given]:
    """A key may be retired between the moment when we read which there are and the one when we read its file."""

    @wraps(method)
    def asked(ring: _Ring, /, *arguments: _Asked.args, **named: _Asked.kwargs) -> Any:
        while True:
            before = written(ring.folder)
            try:
                return method(ring, *arguments, **named)
            except MissingKeyError:
                if written(ring.folder) == before:
                    raise

    return asked
