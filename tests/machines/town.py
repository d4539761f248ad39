"""The machines, the one database that they share over TCP, and a foreign platform that all of them know."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from haetae.common import embedded_postgres
from haetae.common.embedded_postgres import OWNER_ROLE, Server
from haetae.running.installation import DATABASE, Installation
from tests import tables
from tests.faults.visitor import NoAnswerError, call
from tests.machines import network
from tests.machines.network import Link

ROLE = "haetae_app"
PATIENCE_S = 120.0
WEB_PORT = 8700
ROOT = Path(__file__).parents[2]


@dataclass(kw_only=True)
class Machine:
    """`home` is its own, `keys` a copy of the keys; `evidence` is the one folder that machines share."""

    link: Link
    home: Path
    environment: dict[str, str]
    port: int
    processes: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    @property
    def web_origin(self) -> str:
        return f"http://{self.link.address}:{self.port}"

    def start(self, name: str, *arguments: str, code: Path = ROOT, **told: str) -> None:
        """`python -m haetae ARGUMENTS` on this machine, from that copy of the code."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [*self.link.enters, sys.executable, "-m", "haetae", *arguments],
                env={**self.environment, "PYTHONPATH": str(code), **told},
                cwd=code,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_web(
        self, name: str = "web", *, port: int | None = None, code: Path = ROOT, **told: str
    ) -> None:
        self.port = port or self.port
        self.start(name, "web", "--host", self.link.address, "--port", str(self.port), code=code, **told)

    def ready(self) -> bool:
        return self.asked("/readyz") == 200

    def asked(self, path: str) -> int:
        """The status, or 0 where nobody answers."""
        try:
            return call("GET", self.web_origin + path).status
        except NoAnswerError:
            return 0

    def told_to_stop(self, name: str) -> None:
        os.kill(self.processes[name].pid, signal.SIGTERM)

    def ended(self, name: str, *, within_s: float = 40.0) -> int:
        """Its exit status. Raises subprocess.TimeoutExpired."""
        return self.processes.pop(name).wait(timeout=within_s)

    def vanish(self) -> None:
        """As when somebody pulls both plugs: the network first, so that nobody is told that it ends."""
        self.link.cut()
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()

    def stop(self) -> None:
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()


@dataclass(frozen=True, kw_only=True)
class Town:
    machines: list[Machine]
    installation: Installation
    platform_origin: str
    platform_token: str
    platform_folder: Path
    server: Server


@contextmanager
def built(folder: Path, *, machines: int) -> Iterator[Town]:
    """Nothing runs on the machines yet. Django is set up in this process, which is none of them but has the keys."""
    home = folder / "database"
    tables.lay(home / "postgres")
    with network.links(machines) as cables:
        port = free_port()
        server = embedded_postgres.start(home / "postgres", application_role=ROLE)
        running: list[subprocess.Popen[bytes]] = []
        town = None
        try:
            _listen(server, [cable.outside for cable in cables], port=port)
            town = _town(folder, home, server, cables, port=port, running=running)
            yield town
        finally:
            for machine in town.machines if town else ():
                machine.stop()
            for process in running:
                process.terminate()
                process.wait(timeout=20)
            _close_connection()
            server.stop()


def _town(
    folder: Path,
    home: Path,
    server: Server,
    cables: list[Link],
    *,
    port: int,
    running: "list[subprocess.Popen[bytes]]",
) -> Town:
    from haetae.running import installation

    here = Installation(
        home=home,
        keys=folder / "keys",
        key_service="",
        database_url=server.url(database=DATABASE, role=ROLE),
        owner_url=server.url(database=DATABASE, role=OWNER_ROLE),
        server=server,
    )
    os.environ["HAETAE_HOME"], os.environ["HAETAE_KEYS"] = str(home), str(here.keys)
    installation.django_ready(here)
    from haetae.common.keys import make_missing_keys
    from haetae.running.demonstration import SANDBOX_SECRET, register_sandbox

    make_missing_keys(here.keys)
    token = secrets.token_urlsafe(32)
    (here.keys / SANDBOX_SECRET).write_text(token)
    platform_port = free_port()
    origin = f"http://127.0.0.1:{platform_port}"
    running += _platform(folder / "platform", token, port=platform_port)
    until(lambda: _answers(origin), what="the platform")
    register_sandbox(origin=origin)
    log_completed(home)
    for cable in cables:
        running += network.carried(cable, platform_port)
    made = [
        _machine(folder, here, cable, port=port, platform_port=platform_port, number=number)
        for number, cable in enumerate(cables)
    ]
    return Town(
        machines=made,
        installation=here,
        platform_origin=origin,
        platform_token=token,
        platform_folder=folder / "platform",
        server=server,
    )


def log_completed(home: Path) -> None:
    """The first head, in the file that each machine gets a copy of; later, what others have signed since."""
    from django.conf import settings

    from haetae.audit.sealer import Sealer
    from haetae.running.loops import HEADS

    Sealer(key=settings.KEYS.log_key, outside=home / HEADS).seal()


def _machine(
    folder: Path, here: Installation, cable: Link, *, port: int, platform_port: int, number: int
) -> Machine:
    from haetae.running.loops import HEADS

    home = folder / f"machine-{number}"
    home.mkdir()
    shutil.copytree(here.keys, home / "keys")
    shutil.copy(here.home / HEADS, home / HEADS)
    told = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HAETAE_")},
        "HAETAE_HOME": str(home),
        "HAETAE_EVIDENCE": str(folder / "evidence"),
        "HAETAE_HOSTS": f"{cable.address},localhost,127.0.0.1",
        "HAETAE_SECOND_STEP": "not_yet",
        "HAETAE_STORM_REPORTS": "1000000",
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        "DATABASE_URL": f"postgresql://{ROLE}@{cable.outside}:{port}/{DATABASE}",
    }
    return Machine(link=cable, home=home, environment=told, port=WEB_PORT if cable.is_own else free_port())


def _listen(server: Server, addresses: list[str], *, port: int) -> None:
    """The embedded server is for one machine's own use; here it is made the server of a house of its own."""
    with (server.folder / "pg_hba.conf").open("a") as trusted:
        trusted.write("\nhost all all 198.18.0.0/15 trust\nhost all all 127.0.0.0/8 trust\n")
    everywhere = ",".join(sorted({"127.0.0.1", *addresses}))
    server._control("restart", "-o", f"-h {everywhere} -p {port} -k {server.socket_folder}")
    # The socket is named after the port: addresses that were given out name the usual one.
    for suffix in ("", ".lock"):
        usual = server.socket_folder / f".s.PGSQL.5432{suffix}"
        if port != 5432 and not usual.exists() and not suffix:
            usual.symlink_to(server.socket_folder / f".s.PGSQL.{port}")


def _platform(folder: Path, token: str, *, port: int) -> "list[subprocess.Popen[bytes]]":
    folder.mkdir()
    (folder / "token").write_text(token)
    (folder / "token").chmod(0o600)
    named = ["--port", str(port), "--data", str(folder), "--operator-token-file", str(folder / "token")]
    foreign: Mapping[str, str] = {
        name: value for name, value in os.environ.items() if not name.startswith(("HAETAE_", "DATABASE_"))
    }
    return [
        subprocess.Popen(
            [sys.executable, "-m", "sandbox_platform", *named], env=foreign, stdout=subprocess.DEVNULL
        )
    ]


def _answers(origin: str) -> bool:
    try:
        return call("GET", origin + "/").status == 200
    except NoAnswerError:
        return False


def until(true: Callable[[], object], *, what: str, within_s: float = PATIENCE_S) -> float:
    """How long it took, in seconds."""
    began_s = time.monotonic()
    while not true():
        if time.monotonic() - began_s > within_s:
            raise TimeoutError(f"waited for {what} in vain")
        time.sleep(0.1)
    return time.monotonic() - began_s


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _close_connection() -> None:
    with suppress(Exception):
        from django.db import connections

        connections.close_all()
