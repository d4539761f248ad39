"""The way back: an empty database becomes what it was, and nothing that was taken back comes back."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from haetae.running import installation
from haetae.running.backup import boxes, checking, programs, shelf
from haetae.running.backup.fingerprints import fingerprints, others
from haetae.running.backup.making import counts
from haetae.running.backup.manifest import Manifest
from haetae.running.errors import CannotStartError
from haetae.running.installation import HALF_RESTORED, Installation

if TYPE_CHECKING:
    import pyrage

    from haetae.audit.models import Event
    from haetae.common.keys import Keys
    from haetae.running.backup.replaying import Replayed


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`journal` is a shelf (or a home) with a newer copy of the log; `although_keys_differ` is somebody's decision."""

    folder: Path
    journal: Path | None
    identity: "pyrage.x25519.Identity | None"
    although_keys_differ: bool


@dataclass(kw_only=True)
class Restored:
    """`seconds` by stage. `lost` counts, by name, what happened after the backup and is in no table any more."""

    manifest: Manifest
    seconds: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    joined_rows: int = 0
    lost_rows: int = 0
    replayed: "Replayed | None" = None
    evidence_checked: int = 0
    newest_known_at: datetime | None = None

    @property
    def rpo_s(self) -> float:
        """How much older the newest event in the backup is than the newest one known; 0: nothing came after."""
        if self.newest_known_at is None or not self.manifest.newest_at:
            return 0.0
        newest = datetime.fromisoformat(self.manifest.newest_at)
        return max(0.0, (self.newest_known_at - newest).total_seconds())

    @property
    def lost(self) -> dict[str, int]:
        return dict(Counter(event.name for event in self.replayed.left)) if self.replayed else {}


def restore(here: Installation, asked: Asked, *, keys: "Keys", say: Callable[[str], None]) -> Restored:
    """Into a database without tables; its tables, rights and log are as they must be afterwards.

    Raises CannotStartError before anything is changed where it cannot be done. Cut off, the installation does not start
    until it is done anew.
    """
    stand, backup = shelf.chosen(asked.folder)
    manifest = Manifest.read(backup)
    restored = Restored(manifest=manifest)
    with _timed(restored, "checked"):
        _see_that_it_can_be(here, backup, manifest, asked, keys)
    here.home.mkdir(parents=True, exist_ok=True)
    mark = here.home / HALF_RESTORED
    mark.write_text(f"{backup}\n")
    with _timed(restored, "database"):
        _load(here, backup, manifest, identity=asked.identity)
        say("database: loaded")
    with _timed(restored, "tables"):
        installation.migrate(here)
        restored.wrong += _unlike(here, manifest)
    installation.django_ready(here)
    # Everything of ours that knows Django comes after it.
    from haetae.running.backup.after import carry_on  # noqa: PLC0415

    with _timed(restored, "log and what must not come back"):
        carry_on(here, restored, stand=stand, asked=asked, keys=keys, say=say)
    mark.unlink()
    return restored


@contextmanager
def _timed(restored: Restored, stage: str) -> Iterator[None]:
    began_s = time.monotonic()
    yield
    restored.seconds[stage] = round(time.monotonic() - began_s, 1)


def _see_that_it_can_be(
    here: Installation, backup: Path, manifest: Manifest, asked: Asked, keys: "Keys"
) -> None:
    with psycopg.connect(here.owner_url or here.database_url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        if row and row[0]:
            words = "The database is not empty, and a restore never overwrites one. "
            way = "Name another database, drop this one, or set HAETAE_HOME to a new folder."
            raise CannotStartError(words + way)
        server = connection.info.server_version
    if server // 10_000 < manifest.server // 10_000:
        words = f"The backup is of PostgreSQL {manifest.server // 10_000}, this server is older "
        raise CannotStartError(f"{words}({server // 10_000}): use one that is not.")
    if not here.owner_url:
        raise CannotStartError("Set DATABASE_OWNER_URL to the owner of the tables, so that they can be made.")
    if manifest.encrypted and asked.identity is None:
        raise CannotStartError("The backup is locked: name the file with the secret key by --identity.")
    _see_keys(manifest, asked, keys)
    signers = None if asked.although_keys_differ else keys.public_keys("event-log")
    if wrong := checking.check(backup, signers=signers).wrong:
        raise CannotStartError("The backup is not what was written:\n" + "\n".join(wrong[:20]))


def _see_keys(manifest: Manifest, asked: Asked, keys: "Keys") -> None:
    from haetae.common.keys import MissingKeyError  # noqa: PLC0415 - light to import

    try:
        wrong = others(manifest.keys, fingerprints(keys))
    except MissingKeyError as missing:
        raise CannotStartError(f"{missing} Or, for a restore: bring the key folder back first.") from None
    if wrong and not asked.although_keys_differ:
        words = f"These keys are not those of the backup: {', '.join(wrong)}. Without them what they seal stays shut. "
        raise CannotStartError(f"{words}Bring the key folder back, or say --although-keys-differ.")


def _load(
    here: Installation, backup: Path, manifest: Manifest, *, identity: "pyrage.x25519.Identity | None"
) -> None:
    """In one transaction: all tables or none."""
    with psycopg.connect(here.owner_url) as connection:
        pg_restore = programs.program("pg_restore", at_least=programs.server_major(connection))
    command = [str(pg_restore), "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    (name,) = manifest.files
    with programs.running([*command, "--no-password"], here.owner_url, writes=True) as stream:
        boxes.read(backup / name, stream, identity=identity)


def _unlike(here: Installation, manifest: Manifest) -> list[str]:
    """Tables whose rows are not as many as were counted. Migrations of newer code may have added to some."""
    with psycopg.connect(here.database_url) as connection:
        found = counts(connection)
    newer = {"django_migrations", "django_content_type", "auth_permission"}
    return [
        f"{table}: {number} rows in the backup, {found.get(table, 0)} here"
        for table, number in manifest.counts.items()
        if table not in newer and found.get(table, 0) != number
    ]


def set_sequence_of_events(here: Installation) -> None:
    """Rows that came back brought their numbers with them."""
    with psycopg.connect(here.owner_url) as owner:
        counter = "SELECT setval(pg_get_serial_sequence('audit_event', 'id'), max(id)) FROM audit_event"
        owner.execute(f"{counter} HAVING max(id) > 0")


def report_for_people(home: Path, restored: Restored, *, at: datetime) -> Path:
    """Each row that happened after the backup and was not done again, for whoever has to see to it. Ids and codes."""
    path = home / f"restored-{shelf.name_at(at)}.json"
    replayed = restored.replayed
    assert replayed is not None
    content = {
        "backup": restored.manifest.made_at,
        "log_rows_joined": restored.joined_rows,
        "log_rows_lost": restored.lost_rows,
        "done_again": replayed.done,
        "could_not_be_done_again": [_row(event) for event in replayed.failed],
        "left_to_people": [_row(event) for event in replayed.left],
    }
    with boxes.replaced(path) as file:
        file.write(json.dumps(content, indent=1).encode())
    return path


def _row(event: "Event") -> dict[str, Any]:
    return {
        "event": event.pk,
        "at": event.at.isoformat(),
        "name": event.name,
        "kind": event.subject_kind,
        "id": str(event.subject_id),
    }
