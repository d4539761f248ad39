"""The key service as a process: told where the keys lie and who may ask, and by nobody else's library disturbed."""

import ctypes
import os
import pwd
import resource
import signal
import sys
from pathlib import Path
from typing import Final

import structlog

from haetae.common.keys import KeyRing, MissingKeyError
from haetae.common.keys.answers import Answers
from haetae.common.keys.errors import AlreadyServedError
from haetae.common.keys.making import read_all
from haetae.common.keys.service import KeyService, listening
from haetae.common.keys.weak import refuse_weak_keys
from haetae.running.errors import CannotStartError
from haetae.running.freed_memory import give_back_from
from haetae.settings.environment import Environment

_PR_SET_DUMPABLE: Final = 4
# The C library otherwise keeps the 16 MiB that a receipt was stretched in, once for each of its arenas, with what stood
# in them.
_GIVEN_BACK_FROM_BYTES: Final = 2**20


def serve_keys(told: Environment) -> None:
    """Answer until SIGTERM or SIGINT. Neither Django nor a database is needed. Raises CannotStartError."""
    if not told.HAETAE_KEY_SERVICE:
        raise CannotStartError(
            "Set HAETAE_KEY_SERVICE to the path of the socket at which the keys are served."
        )
    _tell_as_json()
    _keep_memory_private()
    give_back_from(_GIVEN_BACK_FROM_BYTES)
    keys = KeyRing(folder=told.keys_folder, may_create=False)
    try:
        read_all(keys)
        refuse_weak_keys(told.keys_folder)
        others = _users(told.HAETAE_KEY_SERVICE_USERS)
        service = KeyService(
            Answers(keys, openings_per_minute=told.HAETAE_KEY_OPENINGS),
            users=frozenset({os.geteuid(), *others}),
        )
        with listening(Path(told.HAETAE_KEY_SERVICE).resolve(), others_may_connect=bool(others)) as listener:
            for told_to_stop in (signal.SIGTERM, signal.SIGINT):
                signal.signal(told_to_stop, lambda _signal, _frame: service.stop())
            service.serve(listener)
    except (MissingKeyError, AlreadyServedError, OSError) as problem:
        raise CannotStartError(str(problem)) from problem


def _users(names: str) -> frozenset[int]:
    """The numbers of these system users. Raises CannotStartError for one that is not there."""
    numbers = set()
    for name in filter(None, (part.strip() for part in names.split(","))):
        try:
            numbers.add(pwd.getpwnam(name).pw_uid)
        except KeyError:
            raise CannotStartError(f"HAETAE_KEY_SERVICE_USERS names {name}, who is no user here.") from None
    return frozenset(numbers)


def _keep_memory_private() -> None:
    """No core dump that would put keys on the disk, and no other process of the same user reads our memory."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _tell_as_json() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
