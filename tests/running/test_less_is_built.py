"""For a table, a constraint or an index no class is made anew that is there, and what follows finds all of it."""

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from haetae.running.tables import build_less


@pytest.fixture
def state(monkeypatch):
    for name in ("add_model", "_append_option", "_remove_option"):
        monkeypatch.setattr(ProjectState, name, getattr(ProjectState, name))
    build_less()
    made = ProjectState()
    made.add_model(_gate())
    return made


def _gate() -> ModelState:
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
    return ModelState("town", "Gate", fields, options={"constraints": [], "indexes": []})


def _guard() -> ModelState:
    of_a_gate = models.ForeignKey("town.Gate", models.CASCADE, related_name="guards")
    return ModelState("town", "Guard", [("id", models.AutoField(primary_key=True)), ("gate", of_a_gate)])


def test_the_class_that_is_there_stays_the_same_and_knows_who_points_to_it(state):
    gate = state.apps.get_model("town", "gate")
    state.add_model(_guard())
    assert state.apps.get_model("town", "gate") is gate
    assert [one.name for one in gate._meta.related_objects] == ["guards"]
    assert state.apps.get_model("town", "guard")._meta.get_field("gate").remote_field.model is gate


def test_who_points_to_what_comes_later_finds_it_when_it_has_come(state):
    state.remove_model("town", "gate")
    state.add_model(_guard())
    state.add_model(_gate())
    gate = state.apps.get_model("town", "gate")
    assert state.apps.get_model("town", "guard")._meta.get_field("gate").remote_field.model is gate


def test_a_column_that_comes_later_is_on_both_sides(state):
    state.add_model(_guard())
    state.add_field("town", "gate", "height", models.IntegerField(null=True), preserve_default=True)
    gate = state.apps.get_model("town", "gate")
    assert gate._meta.get_field("height")
    assert state.apps.get_model("town", "guard")._meta.get_field("gate").remote_field.model is gate


def test_a_constraint_is_there_and_the_class_is_the_same(state):
    before = state.apps.get_model("town", "gate")
    state.add_constraint("town", "gate", models.UniqueConstraint(fields=["name"], name="one_name"))
    state.add_index("town", "gate", models.Index(fields=["name"], name="by_name"))
    after = state.apps.get_model("town", "gate")
    assert after is before
    assert [one.name for one in after._meta.constraints] == ["one_name"]
    assert [one.name for one in after._meta.total_unique_constraints] == ["one_name"]
    assert [one.name for one in after._meta.indexes] == ["by_name"]


def test_a_constraint_goes_again_and_a_class_made_later_has_the_rest(state):
    state.add_constraint("town", "gate", models.UniqueConstraint(fields=["name"], name="one_name"))
    state.add_index("town", "gate", models.Index(fields=["name"], name="by_name"))
    assert state.apps.get_model("town", "gate")._meta.total_unique_constraints
    state.remove_constraint("town", "gate", "one_name")
    assert state.apps.get_model("town", "gate")._meta.total_unique_constraints == []
    state.add_field("town", "gate", "height", models.IntegerField(null=True), preserve_default=True)
    anew = state.apps.get_model("town", "gate")
    assert [one.name for one in anew._meta.indexes] == ["by_name"]
    assert anew._meta.constraints == []
