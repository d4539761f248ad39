"""A constraint or an index changes no field: no class is made anew for it, and what follows finds it all the same."""

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from haetae.running.tables import build_less


@pytest.fixture
def state(monkeypatch):
    for name in ("_append_option", "_remove_option"):
        monkeypatch.setattr(ProjectState, name, getattr(ProjectState, name))
    build_less()
    made = ProjectState()
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    made.add_model(ModelState("town", "Gate", fields, options={"constraints": [], "indexes": []}))
    return made


def test_it_is_there_and_the_class_is_the_same(state):
    before = state.apps.get_model("town", "gate")
    state.add_constraint("town", "gate", models.UniqueConstraint(fields=["name"], name="one_name"))
    state.add_index("town", "gate", models.Index(fields=["name"], name="by_name"))
    after = state.apps.get_model("town", "gate")
    assert after is before
    assert [one.name for one in after._meta.constraints] == ["one_name"]
    assert [one.name for one in after._meta.total_unique_constraints] == ["one_name"]
    assert [one.name for one in after._meta.indexes] == ["by_name"]


def test_it_goes_again_and_a_class_made_later_has_the_rest(state):
    state.add_constraint("town", "gate", models.UniqueConstraint(fields=["name"], name="one_name"))
    state.add_index("town", "gate", models.Index(fields=["name"], name="by_name"))
    assert state.apps.get_model("town", "gate")._meta.total_unique_constraints
    state.remove_constraint("town", "gate", "one_name")
    assert state.apps.get_model("town", "gate")._meta.total_unique_constraints == []
    state.add_field("town", "gate", "height", models.IntegerField(null=True), preserve_default=True)
    anew = state.apps.get_model("town", "gate")
    assert [one.name for one in anew._meta.indexes] == ["by_name"]
    assert anew._meta.constraints == []
