"""What was decided is drawn by the log and judged again by somebody who does not know it; nothing changes by that."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.conf import settings

from haetae.accounts.permissions import Role
from haetae.agencies.looks.actions import CannotLookError, begin_look
from haetae.agencies.second_looks import jobs, rules
from haetae.agencies.second_looks.models import Draw, SecondLook
from haetae.agencies.second_looks.states import Of
from haetae.audit import exporting
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.common import clock
from haetae.flow.next_step import next_step
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.review.models import Review
from haetae.flow.tasks.actions import CannotFinishError, bar_from_second, finish_task
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.queries import waiting
from haetae.flow.tasks.states import Outcome
from tests import people
from tests.commission import seat
from tests.web import sightings

NOTE = "Judged by the page alone."
MONDAY = "2026-11-23T10:00:00+09:00"


@pytest.fixture
def moving(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return Sealer(key=settings.KEYS.log_key, outside=tmp_path / "heads.jsonl")


def counsellor(person: people.Person, role: Role = Role.COUNSELLOR) -> UUID:
    return seat(person, role, agency="support_centre").pk


def judged(number: int, outcome: Outcome, official: UUID) -> UUID:
    """One person ends the task of a place that somebody reported; returns the examination."""
    examined = sightings.examined(sightings.found(number), reported=True)
    _follow("assessment.review", examined)
    task = Task.objects.get(subject_id=examined, state="waiting")
    finish_task(task_id=task.pk, outcome=outcome, note=NOTE, official_id=official)
    _follow("tasks.done", task.pk)
    return examined


def acted(number: int) -> UUID:
    """The rules let it act by themselves."""
    examined = sightings.examined(sightings.found(number), sightings.KNOWN)
    _follow("assessment.request", examined)
    return examined


def _follow(event: str, subject: UUID) -> None:
    next_step(Event.objects.filter(name=event, subject_id=subject).latest("pk").pk)


def drawn(sealer: Sealer) -> list[SecondLook]:
    """The round ends, a head is signed over its end, and what it draws is put before somebody."""
    sealer.seal()
    jobs.draw(timestamp=0)
    sealer.seal()
    jobs.draw(timestamp=0)
    found = list(SecondLook.objects.filter(state="drawn").order_by("event_id"))
    for look in found:
        _follow("second_looks.drawn", look.pk)
    return found


def drawn_by_the_log(lines: list[dict[str, Any]]) -> set[int]:
    """The same from an export alone, by nothing of ours: docs/log.md in other words."""
    rows = [line for line in lines if "index" in line]
    heads = [line["head"] for line in lines if "head" in line]
    found: set[int] = set()

    def lot(root: str, event: str) -> float:
        key, text = bytes.fromhex(root).ljust(64, b"\0"), event.encode()
        inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + text).digest()
        mac = hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner).digest()
        return int.from_bytes(mac[:8], "big") / 2**64

    def decisions(first: int, until: int) -> dict[str, list[str]]:
        by: dict[str, list[str]] = {}
        for row in rows[first:until]:
            event = row["event"]
            kind = {"assessment.request": "automatic", "review.remove": "decided"}.get(event["name"])
            if event["name"] in {"review.block_access", "review.not_harmful"}:
                kind = "decided"
            if event["name"] == "tasks.done" and event["facts"]["kind"] == "judge":
                kind = "judged"
            if kind:
                by.setdefault(kind, []).append(event["id"])
        return by

    for row in rows:
        if row["event"]["name"] != "second_looks.round_over":
            continue
        facts = row["event"]["facts"]
        root = next((head["root"] for head in heads if head["size"] > row["index"]), None)
        if root is None:
            continue
        share = facts["share_ppm"] / 1_000_000
        new = [one for ids in decisions(facts["first"], facts["until"]).values() for one in ids]
        found |= {int(one) for one in new if lot(root, one) < share}
        if facts["week"] is not None:
            for ids in decisions(facts["week"], facts["until"]).values():
                if not found & {int(one) for one in ids}:
                    found.add(int(min(ids, key=lambda one: lot(root, one))))
    return found


def exported() -> list[dict[str, Any]]:
    newest = exporting.newest_signed_head()
    extent = exporting.Extent(first=0, size=newest.size, with_events=True)
    return [json.loads(line) for line in exporting.lines(extent, key=settings.KEYS.log_key, at=clock.now())]


def test_about_the_share_is_drawn_and_another_root_draws_others() -> None:
    ids = {Of.JUDGED: range(1, 10_001)}
    first, other = (
        set(rules.lots(root=root * 32, new=ids, week={}, drawn_before=(), share_ppm=20_000))
        for root in (b"\1", b"\2")
    )
    assert all(140 <= len(found) <= 260 for found in (first, other)), "200, give or take four deviations"
    assert len(first & other) < 20


def test_whoever_has_the_log_draws_the_same(
    moving: time_machine.Traveller, sealer: Sealer, settings: Any
) -> None:
    settings.SECOND_LOOKS_PPM = 250_000
    han = counsellor(people.COUNSELLOR)
    drawn(sealer)  # the first round is empty: nothing is reached back for
    for number in range(1, 13):
        acted(number)
        judged(100 + number, Outcome.LEAVE if number % 2 else Outcome.ASK, han)
        if number % 4 == 0:
            moving.shift(timedelta(hours=1))
            drawn(sealer)
    moving.shift(timedelta(days=7))
    acted(50)
    drawn(sealer)
    sealer.seal()
    assert Draw.objects.filter(head__isnull=False).count() == 5
    ours = set(SecondLook.objects.values_list("event_id", flat=True))
    assert ours == drawn_by_the_log(exported())
    assert ours, "in the last round at the latest: it ends a week"
    for one in Draw.objects.exclude(head=None):
        closed = Event.objects.get(subject_id=one.pk, name="second_looks.round_over")
        made = Event.objects.get(subject_id=one.pk, name="second_looks.made")
        assert closed.pk < made.pk, "what is drawn from stood fast before the head that draws was there"


def test_at_least_one_a_week_of_each_kind(
    moving: time_machine.Traveller, sealer: Sealer, settings: Any
) -> None:
    settings.SECOND_LOOKS_PPM = 1
    drawn(sealer)
    han = counsellor(people.COUNSELLOR)
    for number in range(1, 4):
        acted(number)
        judged(10 + number, Outcome.LEAVE, han)
    assert drawn(sealer) == [], "the week is not over"
    moving.shift(timedelta(days=7))
    assert {look.of for look in drawn(sealer)} == {"automatic", "judged"}
    moving.shift(timedelta(days=7))
    assert drawn(sealer) == [], "nothing was decided since"


@pytest.fixture
def all_are_drawn(settings: Any, moving: time_machine.Traveller, sealer: Sealer) -> None:
    settings.SECOND_LOOKS_PPM = 1_000_000
    drawn(sealer)


@pytest.mark.usefixtures("all_are_drawn")
def test_it_stands_on_nobodys_list_who_had_to_do_with_it_and_they_cannot_end_it(sealer: Sealer) -> None:
    han, yoon, bae = map(counsellor, (people.COUNSELLOR, people.SECOND_COUNSELLOR, people.CHILD_COUNSELLOR))
    judged(1, Outcome.LEAVE, han)
    (look,) = drawn(sealer)
    task = Task.objects.get(second=True)
    bar_from_second(sighting_id=look.assessment.sighting_id, official_id=bae)  # has read what was decided
    listed = {one: task in waiting(reader=one) for one in (han, yoon, bae)}
    assert listed == {han: False, yoon: True, bae: False}
    for barred in (han, bae):
        with pytest.raises(CannotFinishError, match="task_of_others"):
            finish_task(task_id=task.pk, outcome=Outcome.LEAVE, note=NOTE, official_id=barred)
        with pytest.raises(CannotLookError):
            begin_look(
                task_id=task.pk, official_id=barred, reason="check_report", step="blurred", said_minor=False
            )
    begin_look(task_id=task.pk, official_id=yoon, reason="check_report", step="blurred", said_minor=False)
    with pytest.raises(CannotLookError, match="look_of_a_minor"):
        begin_look(task_id=task.pk, official_id=yoon, reason="check_report", step="blurred", said_minor=True)


@pytest.mark.usefixtures("all_are_drawn")
@pytest.mark.parametrize("first", [Outcome.LEAVE, Outcome.ASK])
def test_who_agrees_changes_nothing(sealer: Sealer, first: Outcome) -> None:
    judged(1, first, counsellor(people.COUNSELLOR))
    (look,) = drawn(sealer)
    before = DeletionRequest.objects.count()
    said(look, first)
    assert (look.state, DeletionRequest.objects.count()) == ("agreed", before)
    assert not Task.objects.filter(state="waiting").exists()
    assert drawn(sealer) == [], "a second look is no decision to be drawn from"


@pytest.mark.usefixtures("all_are_drawn")
def test_who_would_have_asked_where_nothing_was_asked_brings_it_before_a_third(sealer: Sealer) -> None:
    han = counsellor(people.COUNSELLOR)
    examined = judged(1, Outcome.LEAVE, han)
    (look,) = drawn(sealer)
    yoon = said(look, Outcome.ASK)
    assert look.state == "differed"
    assert not DeletionRequest.objects.exists(), "a word that differs does nothing by itself"
    third = Task.objects.get(state="waiting")
    assert (third.second, third.subject_id) == (False, examined)
    assert [third in waiting(reader=one) for one in (han, yoon)] == [False, False]
    bae = counsellor(people.CHILD_COUNSELLOR)
    finish_task(task_id=third.pk, outcome=Outcome.ASK, note=NOTE, official_id=bae)
    _follow("tasks.done", third.pk)
    assert DeletionRequest.objects.count() == 1


@pytest.mark.usefixtures("all_are_drawn")
def test_who_would_not_have_asked_brings_what_acted_by_itself_before_the_commission(sealer: Sealer) -> None:
    acted(1)
    (look,) = drawn(sealer)
    assert (look.of, look.first, look.first_by) == ("automatic", "ask", None)
    said(look, Outcome.LEAVE)
    request = DeletionRequest.objects.get()
    assert (look.state, request.state) == ("differed", "requested")
    assert not Review.objects.exclude(because="second_look").exists()
    assert Review.objects.get().request_id == request.pk


@pytest.mark.usefixtures("all_are_drawn")
def test_what_is_overtaken_or_taken_by_nobody_is_counted_as_that(
    sealer: Sealer, moving: time_machine.Traveller
) -> None:
    han = counsellor(people.COUNSELLOR)
    judged(1, Outcome.LEAVE, han)
    judged(2, Outcome.LEAVE, han)
    first, _second = drawn(sealer)
    sightings.examined(first.assessment.sighting_id, reported=True)
    jobs.draw(timestamp=0)
    first.refresh_from_db()
    assert first.state == "lapsed"
    assert SecondLook.objects.filter(state="waiting").count() == 1
    moving.shift(rules.WAITS)
    jobs.draw(timestamp=0)
    assert not Task.objects.filter(second=True, state="waiting").exists()
    assert SecondLook.objects.filter(state="lapsed").count() == 2


def said(look: SecondLook, outcome: Outcome) -> UUID:
    """Another counsellor judges it, from the list."""
    yoon = counsellor(people.SECOND_COUNSELLOR)
    (task,) = [one for one in waiting(reader=yoon) if one.second]
    finish_task(task_id=task.pk, outcome=outcome, note=NOTE, official_id=yoon)
    _follow("tasks.second_said", task.pk)
    look.refresh_from_db()
    if look.state == "differed":
        _follow("second_looks.differed", look.pk)
    return yoon
