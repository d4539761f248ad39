"""A few openers that live on, however hostile the files are. Callers get a picture, a film or a reason."""

import logging
import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

from haetae.detect.hashing.frame import Frame
from haetae.detect.media import recognise
from haetae.detect.opening.facts import (
    ColourFrame,
    Confinement,
    Limits,
    OpenedImage,
    Undecodable,
    Walls,
    Watched,
    Why,
)
from haetae.detect.opening.opener import Opener, OpenerLostError
from haetae.detect.opening.syscalls import Profile

Answered = TypeVar("Answered")
_log: Final = logging.getLogger(__name__)
_WEAKER: Final = (Confinement.SECCOMP, Confinement.LIMITS_ONLY)
_STRICT_FORMATS: Final = frozenset({"jpeg", "png", "gif", "webp", "bmp"})


class OpenerPool:
    """Usable from many threads: of each kind of opener `size` work at once, further callers wait their turn.

    There are two kinds: a strict one for most pictures, and one that may start threads for AVIF, HEIC and films.
    Children start when they are first needed. Use it as a context manager, or call close().
    """

    def __init__(self, size: int = 1, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen, so safe to share
        if size < 1:
            raise ValueError("size must be at least 1; it is the number of child processes of each kind.")
        self.limits: Final = limits
        self._size: Final = size
        self._lock: Final = threading.Lock()
        self._closed = False
        self._unfiltered: Final[set[Profile]] = set()
        self._walls: Walls | None = None
        self._living: Final[set[Opener]] = set()
        self._places: Final[dict[Profile, queue.LifoQueue[Opener | None]]] = {}
        for profile in Profile:
            self._places[profile] = queue.LifoQueue()
            for _ in range(size):
                self._places[profile].put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def confinement(self) -> Confinement | None:
        """The weakest walls around any opener so far; None before the first is ready."""
        return None if self._walls is None else self._walls.confinement

    @property
    def walls(self) -> Walls | None:
        """The weakest of each kind around any opener so far; None before the first is ready."""
        return self._walls

    def check(self) -> Confinement:
        """Have an opener ready and say how it is confined. Raises Undecodable where none can be started."""
        places = self._places[Profile.STRICT]
        opener = places.get()
        try:
            opener = self._ready(opener, profile=Profile.STRICT)
            return self._seen(opener.await_ready()).confinement
        finally:
            places.put(self._kept(opener))

    def open(self, data: bytes) -> OpenedImage:
        """Open the first frame, or some of a film. Raises Undecodable, and RuntimeError after close()."""
        return self._answered(data, ask=lambda opener: opener.open(data))

    def colours(self, data: bytes) -> tuple[ColourFrame, ...]:
        """What open() shows, in colours and at most 4 MP, of films and animations 1 MP each. Raises as open() does."""
        return self._answered(data, ask=lambda opener: opener.colours(data))

    def _answered(self, data: bytes, *, ask: Callable[[Opener], Answered]) -> Answered:
        profile = self._profile_for(data)
        opener = self._places[profile].get()
        try:
            while True:
                used_before = opener is not None
                opener = self._ready(opener, profile=profile)
                try:
                    return ask(opener)
                except OpenerLostError as lost:
                    self._discard(opener)
                    opener = None
                    # A child that served others may have been bent or killed before this picture came.
                    if not used_before or lost.why is not Why.CRASHED:
                        raise Undecodable(lost.why) from lost
        finally:
            self._places[profile].put(self._kept(opener))

    def watch(self, data: bytes, *, show: Callable[[Frame], None]) -> Watched:
        """Show every frame of a film, each until `show` returns. Raises as open() does.

        Where it ends early, the frames shown so far still count; nothing is shown twice.
        """
        profile = self._profile_for(data)
        opener = self._places[profile].get()
        try:
            opener = self._ready(opener, profile=profile)
            return opener.watch(data, show=show)
        finally:
            self._places[profile].put(self._kept(opener))

    def close(self) -> None:
        """End every child, busy ones too, and wait until none is left."""
        with self._lock:
            self._closed = True
            for living in self._living:
                living.kill()
        for places in self._places.values():
            taken = [places.get() for _ in range(self._size)]
            for idle in taken:
                if idle is not None:
                    self._discard(idle)
                places.put(None)

    def process_ids(self) -> tuple[int, ...]:
        """The children alive now, for whoever watches them."""
        with self._lock:
            return tuple(sorted(opener.process_id for opener in self._living))

    def _profile_for(self, data: bytes) -> Profile:
        """Which kind of opener the file needs. What needs no decoder to be refused is refused here."""
        if not data:
            raise Undecodable(Why.EMPTY)
        if len(data) > self.limits.bytes_most:
            raise Undecodable(Why.TOO_MANY_BYTES)
        recognised = recognise(data)
        if not recognised.opened:
            raise Undecodable(Why.NOT_AN_IMAGE if recognised.format == "unknown" else Why.REFUSED_TYPE)
        return Profile.STRICT if recognised.format in _STRICT_FORMATS else Profile.THREADS

    def _ready(self, opener: Opener | None, *, profile: Profile) -> Opener:
        """An opener that has greeted. One that dies of its own filter is replaced by one without, loudly."""
        while True:
            opener = opener or self._start(profile)
            try:
                self._seen(opener.await_ready())
            except OpenerLostError as lost:
                self._discard(opener)
                opener = None
                if not lost.by_filter or profile in self._unfiltered:
                    raise Undecodable(lost.why) from lost
                self._unfiltered.add(profile)
            else:
                return opener

    def _seen(self, walls: Walls) -> Walls:
        with self._lock:
            before = self._walls or Walls(confinement=Confinement.SECCOMP, apart=True)
            weakest = Walls(
                confinement=max(before.confinement, walls.confinement, key=_WEAKER.index),
                apart=before.apart and walls.apart,
            )
            self._walls = weakest
        if weakest.confinement is not before.confinement:
            _log.warning(weakest.confinement.words)
        if weakest.apart is not before.apart:
            _log.warning(weakest.words)
        return walls

    def _start(self, profile: Profile) -> Opener:
        with self._lock:
            if self._closed:
                raise RuntimeError("The pool is closed; make a new one.")
            try:
                opener = Opener(limits=self.limits, profile=profile, filtered=profile not in self._unfiltered)
            except OSError as error:
                raise Undecodable(Why.NO_OPENER) from error
            self._living.add(opener)
            return opener

    def _kept(self, opener: Opener | None) -> Opener | None:
        if opener is None or (opener.sound and opener.pictures < self.limits.pictures_per_opener):
            return opener
        self._discard(opener)
        return None

    def _discard(self, opener: Opener) -> None:
        opener.discard()
        with self._lock:
            self._living.discard(opener)
