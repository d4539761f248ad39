"""One look at the bytes of an upload, now: opened, hashed and compared in this process's own openers and bank."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

from haetae.detect.examination import examine, with_leads
from haetae.detect.finding import Finding
from haetae.detect.matching import Bank
from haetae.detect.opening.facts import Limits, Why
from haetae.detect.pool import OpenerPool
from haetae.flow.asked_models import models
from haetae.hashbank.current import CurrentBank
from haetae.web.api.turns import Turns

AT_ONCE: Final = 2
# Batches have openers of their own: a hundred files that are slow to open would keep those away from whoever asks
# about one, and from our own pulse.
OF_BATCHES_AT_ONCE: Final = 2
# Models run in this process, each on one core. So that hashes are answered whatever is asked of models, one file at a
# time is shown to them, with an opener of its own; a film of any length takes them some three seconds of a core.
MODELS_AT_ONCE: Final = 1
PATIENCE_S: Final = 1.0
MODELS_PATIENCE_S: Final = 4.0
# A platform waits for us. Of thousands of hostile files none took longer than a second (Limits); an opener that
# must be started anew answers within one or two. All frames of a film would take longer than anybody waits: here a few
# are looked at, and the rest is said not to have been seen.
_LIMITS: Final = Limits(cpu_s=3, wall_s=4.0, start_s=10.0, film_frames_hashed_most=0)

_turns: Final = Turns(AT_ONCE)
_turns_of_batches: Final = Turns(OF_BATCHES_AT_ONCE)
_turns_of_models: Final = Turns(MODELS_AT_ONCE)
_bank: Final = CurrentBank()
_NOTHING_KNOWN: Final = Bank(())


class BusyError(Exception):
    """All openers are at work and none became free in time."""


class ModelsBusyError(BusyError):
    """The models are at work on other files and did not become free in time."""


class NoOpenerError(Exception):
    """There is no opener, so nothing can be said about the file."""


@cache
def openers() -> OpenerPool:
    """The openers of this web process, started when they are first needed."""
    return OpenerPool(size=AT_ONCE + OF_BATCHES_AT_ONCE + MODELS_AT_ONCE, limits=_LIMITS)


def bank(*, max_age_s: float = 0.0) -> tuple[Bank, int]:
    """What is known now, or was so long ago at most, and its version."""
    return _bank.look(max_age_s=max_age_s)


def look(data: bytes) -> Finding:
    """Examine a picture in memory. Raises BusyError, NoOpenerError, and django.db.Error without the database."""
    return _examined(data, known=_bank.get(), kept=True, turns=_turns, within_s=PATIENCE_S)


def look_with(known: Bank, data: bytes) -> Finding:
    """The same for an answer that nobody keeps, with a bank in hand: no database is asked. Raises the other two."""
    return _examined(data, known=known, kept=False, turns=_turns, within_s=PATIENCE_S)


def look_in_batch(known: Bank, data: bytes, *, within_s: float) -> Finding:
    """The same for one file of many, which waits so long for its turn among those of all batches."""
    return _examined(data, known=known, kept=False, turns=_turns_of_batches, within_s=within_s)


def ask_models(finding: Finding, data: bytes, *, within_s: float = MODELS_PATIENCE_S) -> Finding:
    """The finding of one of these looks, and what models say as well. Raises ModelsBusyError."""
    if not _turns_of_models.take(within_s=within_s):
        raise ModelsBusyError
    try:
        return with_leads(finding, data, openers=openers(), models=models())
    finally:
        _turns_of_models.give_back()


def _examined(data: bytes, *, known: Bank, kept: bool, turns: Turns, within_s: float) -> Finding:
    if not turns.take(within_s=within_s):
        raise BusyError
    try:
        finding = examine(data, bank=known, openers=openers(), kept=kept)
    finally:
        turns.give_back()
    if any(signal.facts.get("why") == Why.NO_OPENER for signal in finding.signals):
        raise NoOpenerError
    return finding


def start_all(picture: bytes) -> None:
    """Start every opener now, so that the first platforms do not wait for it."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda _: examine(picture, bank=_NOTHING_KNOWN, openers=openers()), range(AT_ONCE)))
