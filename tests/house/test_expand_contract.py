"""Old code goes on working beside new tables: what a migration may do before its release, and what only after."""

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Q

from tests.house.expanding import after_release, objections, released


def test_no_migration_after_the_newest_release_takes_anything_from_code_that_still_runs():
    loader = MigrationLoader(None)
    last = released()["last"]
    for app, name in last.items():
        way_out = "print released.toml anew with `python -m tests.house.expanding` once this is released"
        assert (app, name) in loader.graph.nodes, f"there is no {app}.{name}: {way_out}"
    found = [words for one, before in after_release(loader, last) for words in objections(one, before)]
    assert not found, "\n".join(found)


def test_what_takes_away_names_a_release_that_is_out():
    newest = _number(released()["version"])
    for migration, _before in after_release(MigrationLoader(None), released()["last"]):
        named = getattr(migration, "contract_after", "")
        assert not named or _number(named) <= newest, f"{migration}: {named} is not released yet"


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _told(*operations: Any, **marks: str) -> list[str]:
    """What is said of these on a table `thing` of a release, which has a state, a name and a mark."""
    state = ProjectState()
    table = migrations.CreateModel(
        "Thing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("state", models.CharField(max_length=8)),
            ("name", models.CharField(max_length=40)),
            ("mark", models.IntegerField(null=True)),
        ],
        options={"constraints": [_one_of("a", "b")]},
    )
    table.state_forwards("made", state)
    migration = migrations.Migration("0002_more", "made")
    migration.operations = list(operations)
    vars(migration).update(marks)
    return objections(migration, state)


def _one_of(*states: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(state__in=list(states)), name="state_is_known")


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("thing", "name"),
        migrations.RenameField("thing", "name", "title"),
        migrations.DeleteModel("Thing"),
        migrations.RenameModel("Thing", "Other"),
        migrations.AlterModelTable("thing", "others"),
        migrations.AddField("thing", "size", models.IntegerField(default=0)),
        migrations.AlterField("thing", "name", models.CharField(max_length=20)),
        migrations.AlterField("thing", "name", models.CharField(max_length=40, unique=True)),
        migrations.AlterField("thing", "mark", models.IntegerField(default=0)),
        migrations.AlterField("thing", "mark", models.CharField(max_length=8, null=True)),
        migrations.AddConstraint(
            "thing", models.CheckConstraint(condition=Q(name__gt=""), name="has_a_name")
        ),
        migrations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
        migrations.RunSQL("UPDATE made_thing SET name = ''"),
    ],
    ids=lambda operation: type(operation).__name__,
)
def test_what_old_code_could_not_live_with_is_seen_and_may_follow_one_release_later(operation):
    assert _told(operation)
    assert not _told(operation, contract_after="0.1.0")


def test_what_adds_and_widens_is_let_through():
    assert not _told(
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "rank", models.IntegerField(db_default=1)),
        migrations.AlterField("thing", "name", models.CharField(max_length=80)),
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("other", "size", models.IntegerField(default=0)),
        AddIndexConcurrently("thing", models.Index(fields=["name"], name="by_name")),
    )
    wider = (
        migrations.RemoveConstraint("thing", "state_is_known"),
        migrations.AddConstraint("thing", _one_of("a", "b", "c")),
    )
    assert not _told(*wider)
    assert _told(wider[0], migrations.AddConstraint("thing", _one_of("a", "c"))), "old code still writes a b"
    assert not _told(migrations.RunSQL("SELECT 1"), safe_because="it changes nothing")
