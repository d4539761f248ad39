"""Whether one process of this machine lives, in a sentence."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from haetae.common.keys import KeysUnavailableError, ServedKeys
from haetae.running.kinds import Kind, State
from haetae.running.pulse_files import seen
from haetae.settings.environment import Environment

KEYS: Final = "keys"
_KEYS_WITHIN_S: Final = 2.0


class UnknownProcessError(Exception):
    """There is no process of this name."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    alive: bool
    ready: bool
    words: str


def how_it_stands(process: str, *, told: Environment) -> Standing:
    """The one of this kind that does best, where several run. Raises UnknownProcessError."""
    if process == KEYS:
        return _keys(told)
    try:
        kind = Kind(process)
    except ValueError:
        known = ", ".join([*Kind, KEYS])
        raise UnknownProcessError(f"There is no process {process!r}; there are {known}.") from None
    found = [one for one in seen(told.HAETAE_HOME.resolve()) if one.process is kind]
    if not found:
        return Standing(
            alive=False, ready=False, words=f"No {kind} of this machine and home says that it lives."
        )
    best = min(found, key=lambda one: (not one.is_alive, one.state is not State.READY, one.silent_s))
    alive = "lives" if best.is_alive else "does not live, or hangs"
    return Standing(
        alive=best.is_alive,
        ready=best.is_alive and best.state is State.READY,
        words=f"{kind} {best.pid} {alive}: {best.state}, last heard of {best.silent_s:.0f} s ago.",
    )


def _keys(told: Environment) -> Standing:
    """The key service is asked itself: it answers whoever may ask it."""
    if not told.HAETAE_KEY_SERVICE:
        return Standing(alive=False, ready=False, words="HAETAE_KEY_SERVICE names no socket to ask.")
    try:
        ServedKeys(path=Path(told.HAETAE_KEY_SERVICE).resolve(), patience_s=_KEYS_WITHIN_S).is_ready()
    except KeysUnavailableError as trouble:
        return Standing(alive=False, ready=False, words=str(trouble))
    return Standing(alive=True, ready=True, words="The key service answers.")
