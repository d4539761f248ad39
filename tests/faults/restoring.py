"""What scenarios of a restore play with: cases, commands, and a database that burns. Imported without Django."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4


@dataclass(frozen=True)
class Case:
    """One person: the bits of the receipt, which only the person has, and the link."""

    receipt: bytes
    link: str


def tell(number: int) -> Case:
    """Somebody reports; what comes back is what was acknowledged."""
    from haetae.agencies.support import receipt
    from haetae.agencies.support.actions import open_case
    from haetae.agencies.support.rules import Told
    from haetae.agencies.support.states import Relation, Text
    from haetae.hashbank.rules import NewEntry

    bits, link = receipt.draw(), f"https://board.example/p/{number}"
    digest = hashlib.sha256(f"entry {number}".encode()).hexdigest()
    told = Told(
        links=[link],
        hashes=[NewEntry(sha256=digest, pdq=digest, dhash=digest)],
        texts={Text.STORY: f"what happened, {number}"},
        relation=Relation.ME,
    )
    open_case(receipt=bits, told=told)
    return Case(receipt=bits, link=link)


@contextmanager
def reporters(begin: int) -> Iterator[list[Case]]:
    """Somebody goes on reporting until the end of the block."""
    from django.db import connection

    told: list[Case] = []
    stop = threading.Event()

    def report() -> None:
        number = begin
        while not stop.is_set():
            told.append(tell(number))
            number += 1
            stop.wait(0.05)
        connection.close()

    thread = threading.Thread(target=report)
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join()


def haetae(*arguments: str, home: Path, may_fail: bool = False) -> "subprocess.CompletedProcess[str]":
    """A command as somebody calls it, in an installation of its own."""
    environment = {**os.environ, "HAETAE_HOME": str(home)}
    for name in ("DATABASE_URL", "HAETAE_KEYS"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "haetae", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and not may_fail:
        raise RuntimeError(
            f"haetae {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}"
        )
    return done


def burn(server: Any) -> None:
    """The machine of the database is gone, at once and for good."""
    from haetae.common import embedded_postgres

    process_id = embedded_postgres.process_id(server.folder)
    assert process_id is not None
    subprocess.run(
        [server.handle.bin_path / "pg_ctl", "stop", "-m", "immediate", "-w", "-D", server.folder],
        user=server.handle.system_user,
        check=True,
        capture_output=True,
    )
    shutil.rmtree(server.folder)


def use_home(home: Path) -> None:
    """From now on Django in this process finds keys and heads here."""
    from django.conf import settings

    from haetae.common.keys import KeyRing

    settings.HAETAE_HOME = home
    settings.KEYS = KeyRing(folder=home / "keys", may_create=False)


def use_database(server: Any) -> None:
    """From now on Django in this process speaks with another server."""
    from django.db import connection

    connection.close()
    connection.settings_dict["HOST"] = str(server.socket_folder)


def new_key() -> UUID:
    """Of a form that somebody fills in."""
    return uuid4()
