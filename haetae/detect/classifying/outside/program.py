"""A program in the place of a model: started when it is first asked, ended when it errs, started anew for the next."""

import fcntl
import logging
import os
import threading
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from haetae.detect.classifying.calibration import log_odds, probability_of
from haetae.detect.classifying.card import ModelRefusedError, ProgramCard
from haetae.detect.classifying.outside.process import Process
from haetae.detect.classifying.outside.protocol import (
    Found,
    LostError,
    check_greeting,
    read_answer,
    request,
    score,
)
from haetae.detect.classifying.running import NotAssessed, Pixels

AGAIN_AFTER_S: Final = 60.0  # what could not be started is not tried again over every picture
_NUMBERS: Final = 1 << 31
_SEALS: Final = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
_log: Final = logging.getLogger(__name__)


class Program:
    """Made of bytes whose digest was checked, and these are what is run. Usable from many threads, one at a time."""

    def __init__(self, card: ProgramCard, data: bytes, *, folder: Path | None = None) -> None:
        """Starts nothing yet. Raises ModelRefusedError where this machine keeps no sealed memory."""
        self.card: Final = card
        self.folder: Final = folder
        self._lock: Final = threading.Lock()
        self._held: Final = _Held(_sealed(data, title=card.title))
        self._asked = 0
        self._not_before_s = 0.0
        weakref.finalize(self, self._held.release)

    def probability(self, pixels: Pixels) -> float | NotAssessed:
        """Of a picture of (H, W, 3) levels, red first."""
        found = self.look(pixels)
        return found if isinstance(found, NotAssessed) else self.probability_of(found)

    def probability_of(self, found: Sequence[Found]) -> float:
        """What these things make of the picture that they were found in, by the rule of the card."""
        return probability_of(self.card.knots, self.score_of(found))

    def score_of(self, found: Sequence[Found]) -> float:
        """The same before calibration, in log-odds."""
        return log_odds(score(found, self.card.runner))

    def look(self, pixels: Pixels) -> tuple[Found, ...] | NotAssessed:
        """Everything that the program names in the picture, what counts and what does not."""
        with self._lock:
            while True:
                served = self._held.process is not None and self._held.process.pictures > 0
                try:
                    return self._asked_about(pixels)
                except LostError as lost:
                    self._held.end()
                    # One that served others may have been killed before this picture came.
                    if served and lost.why is NotAssessed.PROGRAM_ENDED:
                        continue
                    _log.warning("%s: %s.", self.card.title, lost.words)
                    return lost.why

    def check(self) -> None:
        """Have it started and greeting. Raises ModelRefusedError with what is wrong."""
        with self._lock:
            self._not_before_s = 0.0
            try:
                self._ready()
            except LostError as lost:
                self._held.end()
                raise ModelRefusedError(
                    f"{self.card.title}: the program of field 'runner' cannot be used: {lost.words}; run its command by"
                    " hand to see why, or write a card for what is installed."
                ) from lost

    def close(self) -> None:
        """End the process. The next picture would start another."""
        with self._lock:
            self._held.end()

    def process_ids(self) -> tuple[int, ...]:
        """What runs now, for whoever watches it."""
        process = self._held.process
        return () if process is None else (process.process_id,)

    def _asked_about(self, pixels: Pixels) -> tuple[Found, ...] | NotAssessed:
        process = self._ready()
        self._asked = (self._asked + 1) % _NUMBERS
        line = process.ask(request(pixels, number=self._asked), within_s=self.card.runner.picture_s)
        found = read_answer(line, self.card.runner, number=self._asked, shape=pixels.shape)
        process.pictures += 1
        return found

    def _ready(self) -> Process:
        if self._held.process is not None:
            return self._held.process
        if time.monotonic() < self._not_before_s:
            raise LostError(NotAssessed.PROGRAM_NOT_STARTED, "it could not be started a moment ago")
        try:
            self._held.process = process = Process(self.card.runner, program=self._held.program)
            check_greeting(process.ask((), within_s=self.card.runner.start_s), self.card.runner)
        except (LostError, OSError) as error:
            self._not_before_s = time.monotonic() + AGAIN_AFTER_S
            words = error.words if isinstance(error, LostError) else f"it cannot be run ({error.strerror})"
            raise LostError(NotAssessed.PROGRAM_NOT_STARTED, words) from error
        process.greeted = True
        return process


class _Held:
    """What must be given back when nobody uses the program any more, also where the interpreter just ends."""

    def __init__(self, program: int) -> None:
        self.program: Final = program
        self.process: Process | None = None

    def end(self) -> None:
        if self.process is not None:
            self.process.end()
            self.process = None

    def release(self) -> None:
        self.end()
        os.close(self.program)


def _sealed(data: bytes, *, title: str) -> int:
    """The program's bytes where nobody can change them between the check and the start."""
    try:
        held = os.memfd_create("program", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        with os.fdopen(os.dup(held), "wb") as file:
            file.write(data)
        fcntl.fcntl(held, fcntl.F_ADD_SEALS, _SEALS)
    except (AttributeError, OSError) as error:
        words = f"{title}: a program needs Linux and sealed memory (memfd_create), which this machine does not give."
        raise ModelRefusedError(words) from error
    return held
