"""Whoever owns a watched page wants to drown us, or to stop us; and two officials press a button at once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django import app
from steps import wait
from work import do_all_jobs

from haetae.connectors.base import Locator
from haetae.flow.arrival.actions import receive_report
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.watching import actions, queries
from haetae.flow.arrival.watching.actions import CannotWatchError, Drafter
from haetae.flow.arrival.watching.frontier import DatabaseFrontier
from haetae.flow.arrival.watching.models import WatchList, WatchStop
from haetae.flow.arrival.watching.visits import rules
from haetae.flow.assessment.models import Assessment
from haetae.running import watching as running
from tests.watching import BOARD, WHY, analyst, drafted, page, switched_on, visit_all, wanted


def pictures(first: int, number: int) -> list[str]:
    return [f"{BOARD}pictures/{one}.png" for one in range(first, first + number)]


@pytest.mark.django_db
def test_a_page_that_makes_up_new_pictures_at_each_visit_brings_so_many_a_day(
    monkeypatch: pytest.MonkeyPatch, moving_clock: time_machine.Traveller
) -> None:
    """What is left out is not lost: as long as it is shown it is taken on another day."""
    monkeypatch.setattr(rules, "NEW_PER_PLACE_A_DAY", 25)
    list_id = switched_on()
    for turn in range(4):
        visit_all({BOARD: page(*pictures(10 * turn, 10), etag=f"turn-{turn}")})
        wait(moving_clock, minutes=1)
    assert Sighting.objects.count() == 25
    assert queries.tallies(day=queries.timezone.localdate(), list_ids=[list_id])["left_out:pictures"] == 15
    (place,) = queries.places_in_turn(WatchList.objects.get(), most=2)
    assert place.etag == "", "unchanged is no answer as long as something was left out"
    moving_clock.shift(timedelta(days=1))
    visit_all({BOARD: page(*pictures(30, 10), etag="turn-3")})
    assert Sighting.objects.count() == 35
    (place,) = queries.places_in_turn(WatchList.objects.get(), most=2)
    assert place.etag == "turn-3"


@pytest.mark.django_db
@pytest.mark.parametrize("known", [False, True], ids=["a place of its own", "one that watching has found"])
def test_a_report_is_examined_before_all_that_watching_has_found(
    board, coffee, known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.picture = coffee
    switched_on()
    visit_all({BOARD: page(*pictures(0, 12))})
    reported = pictures(11, 1)[0] if known else "https://other.example/mine.png"
    monkeypatch.setattr(board, "find", lambda link: [Locator(page_url=link, media_url=reported)])
    order, task = [], app.tasks["haetae.assessment.examine"]
    examine = task.func

    def noted(assessment_id: str) -> None:
        order.append(Assessment.objects.get(pk=assessment_id).sighting.media_url)
        examine(assessment_id)

    monkeypatch.setattr(task, "func", noted)

    def somebody_reports(name: str) -> None:
        if name == "haetae.assessment.examine" and not order:
            receive_report(link=BOARD, form_key=uuid4())

    do_all_jobs(before_each=somebody_reports)
    assert order.index(reported) <= 1
    assert len(set(order)) == (12 if known else 13)


@pytest.mark.django_db
@pytest.mark.parametrize("poison", ["\x00", "\ud800"])
def test_signs_that_no_database_takes_stop_nobody(poison: str) -> None:
    other = "https://other.example/"
    switched_on(BOARD, other)
    bad = page(
        f"{BOARD}{poison}.png",
        links=[f"{BOARD}{poison}"],
        invitations=[f"https://t.me/{poison}"],
        etag=f"a{poison}b",
        modified=poison,
    )
    visited = visit_all({BOARD: bad, other: page(f"{other}1.png", at=other)})
    assert sorted(visited) == sorted([BOARD, other])
    assert Sighting.objects.count() >= 1


def at_once(press, times: int = 2) -> list[str]:
    ready, outcomes = threading.Barrier(times), []

    def one() -> None:
        try:
            ready.wait(timeout=30)
            press()
            outcomes.append("done")
        except CannotWatchError as refusal:
            outcomes.append(refusal.code)
        except Exception as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_who_stop_everything_at_once_one_is_told_that_it_stands_still(several_at_once) -> None:
    official = analyst()
    assert at_once(lambda: actions.stop_all(why=WHY, official_id=official.pk)) == [
        "done",
        "watch_all_stopped",
    ]
    assert WatchStop.objects.count() == 1


def test_the_same_form_sent_twice_at_once_is_one_list(several_at_once) -> None:
    by, key = Drafter(agency="support_centre", official_id=analyst().pk), uuid4()
    assert at_once(lambda: actions.draft(wanted(), by=by, form_key=key)) == ["done", "done"]
    assert WatchList.objects.count() == 1


def test_two_lists_of_one_name_at_once_are_one(several_at_once) -> None:
    by = Drafter(agency="support_centre", official_id=analyst().pk)
    assert at_once(lambda: actions.draft(wanted(), by=by, form_key=uuid4())) == ["done", "watch_name_taken"]
    assert WatchList.objects.count() == 1


@pytest.mark.django_db
def test_a_name_with_signs_that_steer_a_terminal_is_refused() -> None:
    for name in ("Boards\x1b[2J", "Boards\nall is well: on"):
        with pytest.raises(CannotWatchError, match="watch_name"):
            drafted(name=name)
    with pytest.raises(CannotWatchError, match="watch_phrase"):
        drafted(phrases=["blue\x1bumbrella"])


@pytest.mark.django_db
def test_what_is_on_its_way_when_the_time_is_over_is_not_kept(moving_clock: time_machine.Traveller) -> None:
    switched_on(until=queries.clock.now() + timedelta(minutes=1))
    engine = DatabaseFrontier()
    (visit,) = engine.due(at_most=4)
    wait(moving_clock, minutes=2)
    engine.saw(visit, page(f"{BOARD}1.png"))
    assert not Sighting.objects.exists()


@pytest.mark.django_db
def test_days_that_no_calendar_has_are_refused_in_a_sentence(tmp_path) -> None:
    told = running.Told(
        name="Boards", places=[BOARD], kind="page", purpose=WHY, basis="deletion_support", days=10**12, every_s=60,
        follow_depth=0, weight=1, hosts=[], phrases=None, vanishes=False,
    )  # fmt: skip
    with pytest.raises(running.CannotDoError, match="--days"):
        running.add(told)
