"""A key service in a thread of the test, for what must be tried without processes."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from haetae.common.keys import KeyRing
from haetae.common.keys.answers import Answers
from haetae.common.keys.service import KeyService, listening


@contextmanager
def served(
    folder: Path, path: Path, *, users: frozenset[int] | None = None, openings_per_minute: int = 120
) -> Iterator[None]:
    """The keys of this folder at this socket; `users` may ask, and nobody but we ourselves unless told otherwise."""
    answers = Answers(KeyRing(folder=folder, may_create=False), openings_per_minute=openings_per_minute)
    service = KeyService(answers, users=frozenset({os.geteuid()}) if users is None else users)
    with listening(path, others_may_connect=False) as listener:
        thread = threading.Thread(target=service.serve, args=[listener])
        thread.start()
        try:
            yield
        finally:
            service.stop()
            thread.join()
