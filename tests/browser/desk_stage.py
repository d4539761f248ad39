"""The desk of an operator with work on it, in a process of its own: `python -m tests.browser.desk_stage` fills it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from haetae.common.ids import new_id
from tests.tables import make_database

if TYPE_CHECKING:
    from haetae.accounts.models import Official
    from tests.people import Person

_SINCE = date(2026, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """`once` has for each language a sign-in of somebody who has never been here, `official` one of the regulator."""

    origin: str
    once: dict[str, str]
    official: str


@contextmanager
def open_stage(home: Path, *, second_step: str = "not_yet") -> Iterator[Stage]:
    """Three requests wait at each of two operators; a few others have been answered."""
    surroundings = _surroundings(home) | {"HAETAE_SECOND_STEP": second_step}
    english, korean, official = _do(surroundings, "tests.browser.desk_stage").split()
    with served(surroundings) as origin:
        yield Stage(
            origin=origin,
            once={
                "en": f"/operator/sign-in/once/{english}/",
                "ko": f"/operator/sign-in/once/{korean}/",
            },
            official=f"/console/sign-in/once/{official}/",
        )


@contextmanager
def served(surroundings: dict[str, str]) -> Iterator[str]:
    """The pages of officials and operators over HTTP, before a database that has been filled."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    granian = ("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port))
    command = [sys.executable, "-m", *granian, "--log-level", "error", "haetae.web.wsgi:application"]
    web = subprocess.Popen(command, env=surroundings)
    try:
        yield f"http://localhost:{port}"  # by name: browsers make no passkey for a bare address
    finally:
        web.terminate()
        web.wait(timeout=20)


def _surroundings(home: Path) -> dict[str, str]:
    """A database of its own, with its tables, on the server of the tests."""
    return {
        **os.environ,
        "DATABASE_URL": make_database(f"desk_{new_id().hex[:12]}"),
        "HAETAE_HOME": str(home),
        "HAETAE_SIDES": "console,operator",
        "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
    }


def _do(surroundings: dict[str, str], module: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module], env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def fill() -> str:
    """Two operators with three requests each; the secrets of a sign-in at each, and of the official's."""
    from haetae.accounts.actions import issue_one_time_sign_in, seat_official
    from haetae.accounts.permissions import Role
    from haetae.audit.actor import SYSTEM
    from haetae.flow.removal.states import State
    from tests import people
    from tests.web import sightings

    english = _moderator("Board", people.MODERATOR, zone="America/Los_Angeles")
    korean = _moderator("Forum", people.ADMINISTRATOR, zone="Asia/Seoul")
    official = seat_official(
        username=people.REGULATOR.name, role=Role.REGULATOR, agency="regulator", since=_SINCE, actor=SYSTEM
    )
    for number in (1, 2, 3):
        sightings.asked(sightings.found(number))
        sightings.asked(sightings.found(number, host="forum.example"))
    sightings.verified(sightings.found(4))
    sightings.answered(sightings.found(5), State.REFUSED, reason="lawful")
    sightings.answered(sightings.found(6), State.CLAIMED)
    sightings.contested(7)
    return " ".join(issue_one_time_sign_in(official=one) for one in (english, korean, official))


def _moderator(operator: str, person: "Person", *, zone: str) -> "Official":
    from haetae.accounts.actions import Standing, register_operator, seat_at_operator
    from haetae.accounts.permissions import Role
    from haetae.audit.actor import SYSTEM

    made = register_operator(
        name=operator,
        connector="web_page",
        origin=f"https://{operator.lower()}.example",
        standing=Standing(zone=zone),
        actor=SYSTEM,
    )
    return seat_at_operator(
        username=person.name, role=Role.OPERATOR_MODERATOR, operator=made, since=_SINCE, actor=SYSTEM
    )


if __name__ == "__main__":
    import django

    django.setup()
    print(fill())
