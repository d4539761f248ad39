"""One installation: where its database is, and how a command gets Django ready to use it."""

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import ValidationError

from haetae.common import embedded_postgres
from haetae.running.errors import CannotStartError
from haetae.settings.environment import Environment

DATABASE = "haetae"
# Stands in the home from the first change that a restore makes until its end.
HALF_RESTORED = "restore-under-way"


@dataclass(frozen=True, kw_only=True)
class Installation:
    """`server` is None when the database is somebody else's. With a `key_service` (its socket) nobody reads `keys`."""

    home: Path
    keys: Path
    key_service: str
    database_url: str
    owner_url: str
    server: embedded_postgres.Server | None

    def environment(self) -> dict[str, str]:
        """What a child process must be told to use the same installation as the application's role.

        Where a key service holds the keys it is not told where they lie.
        """
        return {
            **os.environ,
            "HAETAE_HOME": str(self.home),
            "HAETAE_KEYS": "" if self.key_service else str(self.keys),
            "HAETAE_KEY_SERVICE": self.key_service,
            "DATABASE_URL": self.database_url,
        }


@contextmanager
def opened(
    *,
    database: str = DATABASE,
    may_be_new: bool = True,
    restores: bool = False,
    must_answer: bool = True,
) -> Iterator[Installation]:
    """The installation of this environment: the embedded server is started or joined, and left as it was found.

    Raises CannotStartError, also where there is none yet and it may not be new: a question must not make what it asks.
    Pages start without a database too, whose address they are told, and say that nothing can be saved.
    """
    told = environment()
    home = told.HAETAE_HOME.resolve()
    if (home / HALF_RESTORED).exists() and not restores:
        raise CannotStartError(
            f"A restore into {home} did not come to its end: what was taken back since the backup may be there again. "
            "Drop the database (the embedded one: move HAETAE_HOME/postgres away) and call haetae restore anew."
        )
    if not (may_be_new or told.DATABASE_URL or (home / "postgres" / "PG_VERSION").exists()):
        raise CannotStartError(
            f"There is no haetae in {home}. Set HAETAE_HOME, or change to the folder where it runs."
        )
    if told.DATABASE_URL:
        if must_answer:
            _see_that_it_answers(told.DATABASE_URL)
        yield Installation(
            home=home,
            keys=told.keys_folder,
            key_service=told.HAETAE_KEY_SERVICE,
            database_url=told.DATABASE_URL,
            owner_url=told.DATABASE_OWNER_URL,
            server=None,
        )
        return
    role = told.HAETAE_APPLICATION_ROLE
    server = embedded_postgres.start(home / "postgres", application_role=role)
    try:
        embedded_postgres.ensure_database(server, database)
        yield Installation(
            home=home,
            keys=told.keys_folder,
            key_service=told.HAETAE_KEY_SERVICE,
            database_url=server.url(database=database, role=role),
            owner_url=server.url(database=database, role=embedded_postgres.OWNER_ROLE),
            server=server,
        )
    finally:
        server.stop()


@contextmanager
def joined() -> Iterator[Installation | None]:
    """The installation as it stands, for whoever only looks: None where the embedded server does not run."""
    told = environment()
    runs = embedded_postgres.process_id(told.HAETAE_HOME.resolve() / "postgres") is not None
    if not (told.DATABASE_URL or runs):
        yield None
        return
    with opened(may_be_new=False, must_answer=False) as here:
        yield here


@contextmanager
def scratch(installation: Installation, name: str) -> Iterator[Installation]:
    """A database and a folder of their own inside this installation, thrown away afterwards."""
    if installation.server is None:
        raise CannotStartError(
            "This command plays in a scratch database and needs the embedded server: run it without DATABASE_URL."
        )
    role = Environment().HAETAE_APPLICATION_ROLE
    embedded_postgres.ensure_database(installation.server, name)
    try:
        yield Installation(
            home=installation.home / name,
            keys=installation.home / name / "keys",
            key_service="",
            database_url=installation.server.url(database=name, role=role),
            owner_url=installation.server.url(database=name, role=embedded_postgres.OWNER_ROLE),
            server=installation.server,
        )
    finally:
        # What is left over does no harm, and must not hide what went wrong before.
        with suppress(psycopg.Error):
            embedded_postgres.drop_database(installation.server, name)
        shutil.rmtree(installation.home / name, ignore_errors=True)


@contextmanager
def only_one(installation: Installation) -> Iterator[None]:
    """A whole haetae runs once in one home; the lock goes with the process, however it ends."""
    installation.home.mkdir(parents=True, exist_ok=True)
    with (installation.home / "run.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStartError(
                f"haetae runs already in {installation.home}. Stop it first, or give this one a HAETAE_HOME of its own."
            ) from None
        yield


def migrate(installation: Installation) -> None:
    """Bring the tables up to date as their owner, and give the application's role its rights."""
    if not installation.owner_url:
        raise CannotStartError(
            "Set DATABASE_OWNER_URL to the owner of the tables, so that they can be brought up to date."
        )
    told = {**installation.environment(), "DATABASE_URL": installation.owner_url}
    done = subprocess.run(
        [sys.executable, "-m", "haetae.running.migrate"],
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStartError(f"The tables could not be brought up to date:\n{done.stderr[-2000:]}")


def _see_that_it_answers(url: str) -> None:
    try:
        conninfo_to_dict(url)
    except psycopg.Error:  # its words would repeat the address with the password in it
        words = "it is no address of a database; write postgresql://USER:PASSWORD@HOST/NAME."
        raise CannotStartError(f"DATABASE_URL cannot be used: {words}") from None
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as problem:
        raise CannotStartError(f"DATABASE_URL cannot be used: {str(problem).strip()}") from None


def environment() -> Environment:
    """What the surroundings say. Raises CannotStartError with the name of what cannot be used."""
    try:
        return Environment()
    except ValidationError as refused:
        wrong = "; ".join(f"{error['loc'][0]}: {error['msg']}" for error in refused.errors())
        raise CannotStartError(f"The environment cannot be used: {wrong}.") from None


def migrate_if_empty(installation: Installation) -> None:
    """Make the tables when there are none, or when somebody stopped us half-way, so that a command works at once.

    What is granted last tells that everything before it was done (haetae.common.database.grant_application_role).
    """
    with psycopg.connect(installation.database_url) as connection:
        found = connection.execute(
            "SELECT has_table_privilege(to_regclass('public.django_migrations'), 'SELECT')"
        ).fetchone()
    if not found or not found[0]:
        migrate(installation)


def django_ready(installation: Installation) -> None:
    """Set Django up in this process for this installation. Once a process; everything of ours is imported after it."""
    os.environ.update(installation.environment())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    import django  # noqa: PLC0415 - settings must be named first

    # Nothing of what two thousand modules make is garbage: not searched meanwhile, nor with what comes and goes later.
    gc.disable()
    try:
        django.setup()
        gc.freeze()
    finally:
        gc.enable()
