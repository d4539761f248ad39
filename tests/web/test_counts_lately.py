"""Nobody waits for what is counted over a hundred thousand places but the first who asks."""

from threading import Lock

import pytest

from haetae.flow.overview import lately
from haetae.flow.overview.lately import picture_lately
from haetae.flow.overview.standing import counts


@pytest.fixture
def counted(settings, monkeypatch):
    """How often was counted, how much time has passed, and whether somebody counts behind."""
    settings.COUNTED_EVERY_S = 2.0
    stage = {"times": 0, "now": 100.0, "takes": 0.0, "behind": []}

    def count():
        stage["times"] += 1
        stage["now"] += stage["takes"]
        return counts()

    class Behind:
        def __init__(self, *, target, args, **_named):
            stage["behind"].append(lambda: target(*args))

        def start(self):
            pass

    monkeypatch.setattr(lately, "counts", count)
    monkeypatch.setattr(lately, "_kept", {})
    monkeypatch.setattr(lately.time, "monotonic", lambda: stage["now"])
    monkeypatch.setattr(lately, "Thread", Behind)
    monkeypatch.setattr(lately.connection, "close", lambda: None)
    return stage


@pytest.mark.django_db
def test_what_was_counted_lately_is_given_and_one_counts_behind(counted):
    first = picture_lately()
    assert picture_lately() is first
    assert (counted["times"], counted["behind"]) == (1, [])
    counted["now"] += 3
    assert picture_lately() is first, "nobody waits"
    assert picture_lately() is first
    assert len(counted["behind"]) == 1, "and one counts for all"
    counted["behind"][0]()
    assert counted["times"] == 2
    assert picture_lately() is not first


@pytest.mark.django_db
def test_after_a_long_time_nobody_is_given_what_is_long_over(counted):
    first = picture_lately()
    counted["now"] += 31
    assert picture_lately() is not first


@pytest.mark.django_db
def test_a_count_that_fails_behind_is_tried_again(counted, monkeypatch):
    picture_lately()
    counted["now"] += 3
    picture_lately()

    def fails():
        raise OSError

    monkeypatch.setattr(lately, "counts", fails)
    counted["behind"][0]()
    picture_lately()
    assert len(counted["behind"]) == 2
    counted["behind"][1]()


@pytest.mark.django_db
def test_what_takes_long_is_counted_the_more_seldom_and_nobody_waits_for_it_the_sooner(counted):
    counted["takes"] = 10.0
    first = picture_lately()
    counted["now"] += 35
    assert picture_lately() is first
    assert counted["behind"] == [], "it would be half of what this process does"
    counted["now"] += 10
    assert picture_lately() is first
    assert len(counted["behind"]) == 1
    counted["now"] += 40
    assert picture_lately() is not first


@pytest.mark.django_db
def test_each_figure_is_counted_for_itself_and_says_when(counted):
    one, other = (lately.lately(name, lambda name=name: name) for name in ("one", "other"))
    assert (one.value, other.value) == ("one", "other")
    assert lately.lately("one", lambda: "later") is one
    assert one.at <= other.at


@pytest.mark.django_db
def test_figures_that_nobody_asks_for_any_more_are_let_go(counted, monkeypatch):
    monkeypatch.setattr(lately, "_MOST_KEPT", 2)
    for name in ("one", "two", "three"):
        lately.lately(name, lambda name=name: name)
    assert lately.lately("one", lambda: "again").value == "again"


@pytest.mark.django_db
def test_behind_pages_one_thing_is_counted_after_the_other(counted, monkeypatch):
    """On two cores the database counts with one of them, and the other is there for whoever reads."""
    alone, saw = Lock(), []
    monkeypatch.setattr(lately, "_behind", alone)
    for value in ("first", "again"):
        lately.lately("one", lambda value=value: saw.append((value, alone.locked())))
        counted["now"] += 3
    counted["behind"][0]()
    assert saw == [("first", False), ("again", True)]
    assert not alone.locked()
