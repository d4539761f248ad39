"""Somebody stops the first command while it makes the tables: the next one goes on, and a whole one is left alone."""

from pathlib import Path

import psycopg
import pytest

from haetae.common.ids import new_id
from haetae.running import installation
from haetae.running.installation import Installation
from tests.tables import make_database

_ROLE = "haetae_app"


@pytest.fixture
def here(tmp_path: Path) -> Installation:
    owner = make_database(f"half_{new_id().hex[:12]}")
    return Installation(
        home=tmp_path,
        keys=tmp_path / "keys",
        key_service="",
        database_url=f"{owner}&options=-c%20role%3D{_ROLE}",
        owner_url=owner,
        server=None,
    )


def test_a_whole_one_is_left_alone(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "migrate", lambda _: pytest.fail("everything is there"))
    installation.migrate_if_empty(here)


@pytest.mark.parametrize(
    "stopped", [f"REVOKE ALL ON django_migrations FROM {_ROLE}", "DROP TABLE django_migrations"]
)
def test_tables_without_the_last_grant_are_made_to_their_end(
    here: Installation, monkeypatch: pytest.MonkeyPatch, stopped: str
) -> None:
    with psycopg.connect(here.owner_url) as owner:
        owner.execute(stopped)
    made: list[Installation] = []
    monkeypatch.setattr(installation, "migrate", made.append)
    installation.migrate_if_empty(here)
    assert made == [here]
