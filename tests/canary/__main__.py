"""`python -m tests.canary`: a thousand secrets through whole cases, and a search for them everywhere afterwards.

Real processes, real HTTP, the embedded PostgreSQL, a key service whose folder nobody else is told of; all of it in a
folder that is thrown away. Prints one JSON object. CANARY_PEOPLE is how many report (4, each in two ways).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import tables
from tests.canary.planted import Planted, Search

_PATIENCE_S = 120.0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="haetae-canary-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        (base / "tmp").mkdir(mode=0o777)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ.pop(name, None)
        os.environ |= {
            "HAETAE_HOME": str(base / "home"),
            "HAETAE_KEY_SERVICE": str(base / "run" / "socket"),
            "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
            "TMPDIR": str(base / "tmp"),
        }
        tempfile.tempdir = None
        print(json.dumps(_played(base, people=int(os.environ.get("CANARY_PEOPLE", "4"))), indent=1))
    return 0


def _played(base: Path, *, people: int) -> dict[str, Any]:
    from haetae.running import installation

    tables.lay(base / "home" / "postgres")
    planted, began_s = Planted(), time.monotonic()
    with _keys_served(base), installation.opened() as here:
        installation.migrate(here)
        installation.django_ready(here)
        from haetae.running.whole import everything
        from tests.canary.desk import works
        from tests.canary.people import Play
        from tests.canary.readable import read_with

        with everything(here, web_port=0, platform_port=0) as whole, _connection_closed():
            play = Play(web_origin=whole.web_origin, planted=planted)
            verified = _act(whole, play, people=people)
            at_the_desk, answered = works(play), play.counsellor_answers()
            told = {
                "planted": planted.count,
                "by_field": dict(sorted(planted.by_field.items())),
                "cases_opened_at_the_desk": at_the_desk,
                "cases_opened_by_a_counsellor": answered,
                "read_with_receipts": read_with(play.shown),
                "verified_gone": verified,
                "answers_to_forms": dict(play.answers),
                "searched": _search(here, base, Search(planted=planted)),
            }
            _leave_one_behind(planted, home=here.home)
            told["control"] = _search(here, base, Search(planted=planted))
            told["told_where_the_keys_are"] = _told_where(base / "keys", whole)
        told["theft"] = _stolen(here, base, play.shown)
        told["log_of_the_keys"] = _log_of_keys(base)
    return told | {"seconds": round(time.monotonic() - began_s)}


@contextmanager
def _keys_served(base: Path) -> Iterator[None]:
    """As a ministry runs it, but for the user: nobody else is told where the folder is."""
    from haetae.common.keys import ServedKeys, make_missing_keys
    from haetae.running.supervisor import Supervisor

    make_missing_keys(base / "keys")
    with Supervisor(logs=base / "home" / "logs") as supervisor:
        environment = {**os.environ, "HAETAE_KEYS": str(base / "keys")}
        supervisor.start("keys", "-m", "haetae", "keys", environment=environment)
        ServedKeys(path=base / "run" / "socket", patience_s=60).is_ready()
        yield


def _act(whole: Any, play: Any, *, people: int) -> bool:
    """Everybody reports; one link leads to a known picture. Returns whether that one was proven to be gone."""
    from haetae.running.demonstration import register_sandbox
    from haetae.story.checks import holds, make_known
    from haetae.story.pictures import known_original, photo
    from haetae.story.stage import Stage

    register_sandbox(origin=whole.platform_origin)
    stage, known = Stage(whole), known_original(photo("coffee"))
    stage.set_manners()
    make_known(known)
    post = stage.post(known.copy, title="A picture passed on")
    for number in range(people):
        play.report_over_http(
            language=("ko", "en")[number % 2], choice=number, more_links=() if number else (post.page,)
        )
        play.report_in_a_process_of_ours(number)
    stage.until(post, holds("removal.verified"), what="the proof that it is gone")
    _until_each_job_was_tried()
    return True


def _until_each_job_was_tried() -> None:
    """What the house does by the clock is left out: some of it begins anew before the rest is over."""
    deadline = time.monotonic() + _PATIENCE_S
    while waiting := _not_tried_yet():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Jobs still wait for their first try: {waiting}")
        time.sleep(0.2)


def _not_tried_yet() -> list[tuple[str, str, int]]:
    """Names, states and how many; without the rounds that come by the clock."""
    from django.db import connection

    from haetae.common.jobs import by_the_clock

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, status::text, count(*) FROM procrastinate_jobs WHERE task_name <> ALL(%s)"
            " AND (status = 'doing' OR status = 'todo' AND attempts = 0 AND coalesce(scheduled_at, now()) <= now())"
            " GROUP BY 1, 2 ORDER BY 1, 2",
            [["haetae.arrival.watch", *by_the_clock()]],
        )
        return [tuple(row) for row in cursor.fetchall()]


def _search(here: Any, base: Path, search: Search) -> list[dict[str, object]]:
    import psycopg

    from tests.canary import haystacks

    server = here.server
    superuser = f"host={server.socket_folder} user=postgres"
    with psycopg.connect(f"{superuser} dbname=postgres", autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    home = here.home
    # The platform is another party: it has its own posts, and the addresses at which it was asked for them.
    foreign = frozenset({home / "sandbox-platform", home / "logs" / "sandbox-platform.log"})
    return [
        haystacks.tables(f"{superuser} dbname=haetae", search).as_json(),
        haystacks.files("journal (WAL)", server.folder / "pg_wal", search).as_json(),
        haystacks.files(
            "data files", server.folder, search, without=frozenset({server.folder / "pg_wal"})
        ).as_json(),
        haystacks.files("logs", home / "logs", search, without=foreign).as_json(),
        haystacks.files("temporary files", base / "tmp", search).as_json(),
        haystacks.files(
            "the rest of the home", home, search, without=foreign | {server.folder, home / "logs"}
        ).as_json(),
    ]


def _leave_one_behind(planted: Planted, *, home: Path) -> None:
    """The control: in a table, in a log and in a temporary file, so that the search is seen to find them."""
    from haetae.agencies.support.models import Case

    Case.objects.filter(pk=Case.objects.first().pk).update(legal_basis=planted.draw("unsealed, on purpose"))
    with (home / "logs" / "worker.log").open("a") as log:
        log.write(planted.draw("unsealed, on purpose") + "\n")
    Path(tempfile.gettempdir(), "left-behind").write_text(planted.draw("unsealed, on purpose"))


def _told_where(keys: Path, whole: Any) -> list[str]:
    """The processes whose surroundings or command name the folder of the keys; the key service is not among these."""
    told = []
    for name in whole.supervisor.restarts():
        process = Path("/proc", str(whole.supervisor.process_id(name)))
        if str(keys).encode() in (process / "environ").read_bytes() + (process / "cmdline").read_bytes():
            told.append(name)
    return told


def _stolen(here: Any, base: Path, receipts: list[bytes]) -> dict[str, Any]:
    """The database and the home in a second installation: without a key service, and with keys of the thief's own."""
    import psycopg

    copy = base / "stolen"
    copy.mkdir()
    for path in here.home.iterdir():
        if path.is_file() or path.name == "bank":
            subprocess.run(["cp", "-r", str(path), str(copy)], check=True)
    superuser = f"host={here.server.socket_folder} user=postgres dbname=postgres"
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("CREATE DATABASE stolen TEMPLATE haetae")
    told = {"HAETAE_HOME": str(copy), "DATABASE_URL": here.server.url(database="stolen", role="haetae_app")}
    no_service = {**told, "HAETAE_KEY_SERVICE": str(copy / "socket"), "HAETAE_KEYS": ""}
    own_keys = {**told, "HAETAE_KEY_SERVICE": "", "HAETAE_KEYS": str(copy / "keys")}
    return {
        "without a key service": _opened_with(no_service, receipts),
        "with keys of their own": _opened_with(own_keys, receipts),
    }


def _opened_with(told: dict[str, str], receipts: list[bytes]) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.canary.theft"],
        env={**os.environ, **told},
        input="\n".join(bits.hex() for bits in receipts),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout)


def _log_of_keys(base: Path) -> dict[str, int]:
    """Which lines the service wrote, and how many."""
    lines = (base / "home" / "logs" / "keys.log").read_text().splitlines()
    counted: dict[str, int] = {}
    for line in lines:
        event = str(json.loads(line)["event"])
        counted[event] = counted.get(event, 0) + 1
    return counted


@contextmanager
def _connection_closed() -> Iterator[None]:
    from django.db import connection

    try:
        yield
    finally:
        connection.close()


def _stop(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
