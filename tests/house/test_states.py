"""The tables of moves, the columns that hold the states, and the page that shows them say the same."""

import re
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from haetae.common.states import ForbiddenMoveError, check_move, may_move
from haetae.flow import STAGES
from haetae.flow.drawing import TABLES, name_of
from haetae.flow.removal import states as removal
from haetae.running.flow_page import renewed
from tests.house.code import ROOT

# Room, table, and the name of its states' class, below a room inside the room where there is one.
MODELS = [
    ("arrival", "Report", "State"),
    ("arrival", "WatchList", "watching.State"),
    ("assessment", "Assessment", "State"),
    ("removal", "DeletionRequest", "State"),
    ("review", "Review", "State"),
    ("review", "ProvisionalBlock", "Block"),
    ("remedies", "Remedy", "State"),
    ("verification", "Probe", "State"),
    ("delivery", "Delivery", "State"),
    ("delivery", "Breaker", "Gate"),
    ("tasks", "Task", "State"),
    ("deadlines", "Deadline", "State"),
    ("by_hand", "MarkedPlace", "State"),
    ("support", "Case", "State"),
    ("looks", "Look", "State"),
    ("second_looks", "SecondLook", "State"),
    ("support", "NewWords", "recovery.State"),
    ("support", "Notice", "notices.State"),
    ("referrals", "Referral", "State"),
    ("onboarding", "Application", "State"),
    ("trials", "Trial", "State"),
    ("appeals", "Appeal", "State"),
    ("hearings", "Hearing", "State"),
    ("orders", "CorrectiveOrder", "State"),
    ("filings", "TransparencyReport", "State"),
    ("filings", "ExpectedReport", "Due"),
    ("designation", "Designation", "State"),
    ("sanctions", "Sanction", "State"),
    ("investigations", "Investigation", "State"),
    ("evidence", "Evidence", "State"),
    ("self_reports", "SelfReport", "State"),
    ("proceeds", "Proceeds", "State"),
    ("recovery", "Charge", "State"),
    ("education", "Session", "SessionState"),
    ("education", "Year", "YearState"),
    ("education", "Training", "TrainingState"),
    ("education", "Incident", "IncidentState"),
    ("deletions", "DeletionWord", "State"),
    ("preservation", "Preservation", "State"),
    ("subscribers", "SubscriberRequest", "State"),
    ("undercover", "UndercoverOperation", "State"),
    ("undercover", "UndercoverApplication", "Paper"),
]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_table_knows_every_state_and_each_but_the_first_can_be_reached(table: dict) -> None:
    state_class = type(next(iter(table)))
    assert set(table) == set(state_class)
    first = next(iter(table))
    reached = {first} | {after for targets in table.values() for after in targets}
    assert reached == set(state_class)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_what_the_table_does_not_allow_is_refused_with_a_sentence(table: dict) -> None:
    for before, after in product(table, table):
        if may_move(table, before, after):
            check_move(table, before, after)
            continue
        with pytest.raises(ForbiddenMoveError, match=f"{before} cannot become {after}"):
            check_move(table, before, after)


@pytest.mark.django_db
@pytest.mark.parametrize(("room", "model", "states"), MODELS)
def test_the_database_refuses_a_state_that_the_table_does_not_know(
    room: str, model: str, states: str
) -> None:
    """The CHECK constraint stands in the database, also against somebody who writes around the actions."""
    from django.db import connection

    table = apps.get_model(room, model)._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND conname LIKE %s",
            [table, "%gate_is_known" if states == "Gate" else "%state_is_known"],
        )
        definition = cursor.fetchone()[0]
    *inner, name = states.split(".")
    module = import_module(".".join([apps.get_app_config(room).name, *inner, "states"]))
    assert set(re.findall(r"'([a-z_]+)'", definition)) == set(getattr(module, name))


def test_every_table_of_moves_stands_in_the_database() -> None:
    assert len(MODELS) == len(TABLES)


@pytest.mark.django_db
def test_two_open_requests_for_one_sighting_are_refused_by_the_database() -> None:
    from haetae.common import clock
    from haetae.common.ids import new_id
    from haetae.flow.arrival.actions import register_sighting
    from haetae.flow.arrival.states import Source
    from haetae.flow.assessment.actions import open_assessment
    from haetae.flow.removal.models import DeletionRequest

    sighting = register_sighting(
        page_url="https://a.example/1", media_url="https://a.example/1.jpg", source=Source.WATCH
    )
    assessment = open_assessment(sighting_id=sighting, reported=False)

    def ask(round_: int, state: removal.State) -> None:
        now = clock.now()
        DeletionRequest.objects.create(
            sighting_id=sighting,
            assessment_id=assessment,
            round=round_,
            key=new_id(),
            state=state,
            found_at=now,
            requested_at=now,
            changed_at=now,
        )

    ask(1, removal.State.VERIFIED)
    ask(2, removal.State.SENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(3, removal.State.REQUESTED)


def test_the_page_of_the_flow_is_printed_from_the_code() -> None:
    page = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m haetae.running.flow_page"


def test_every_function_on_the_page_of_the_flow_exists() -> None:
    page = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8")
    drawing = page.split("```")[1]
    named = set(re.findall(r"\b[a-z_]+\.(?:[a-z_]+\.)*[A-Za-z_]+\b", drawing))
    assert len(named) > 20
    for name in sorted(named):
        assert found(name), f"docs/flow.md names {name}, which does not exist"


def found(name: str) -> bool:
    """Whether a name of the page leads to a function, below `haetae` or `haetae.flow`."""
    for root in ("haetae.flow.", "haetae.flow.steps.", "haetae."):
        *module, last = (root + name).split(".")
        for cut in range(len(module), 0, -1):
            try:
                thing: object = import_module(".".join(module[:cut]))
            except ModuleNotFoundError:
                continue
            for step in [*module[cut:], last]:
                thing = getattr(thing, step, None)
            if callable(thing):
                return True
            break
    return False


def test_every_arrow_of_the_flow_is_on_the_page() -> None:
    from haetae.flow.next_step import FOLLOWS

    drawing = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8").split("```")[1]
    for step in FOLLOWS.values():
        assert name_of(step) in drawing, f"the drawing does not show {name_of(step)}"


def test_the_stages_stand_in_their_order() -> None:
    drawing = (ROOT / "docs" / "flow.md").read_text(encoding="utf-8").split("```")[1]
    places = [drawing.index(f"\n {stage.upper()} ") for stage in STAGES]
    assert places == sorted(places)
