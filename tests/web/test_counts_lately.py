"""Nobody waits for the counts of a hundred thousand places but the first who asks."""

import pytest

from haetae.flow.overview import lately
from haetae.flow.overview.standing import counts


@pytest.fixture
def counted(settings, monkeypatch):
    """How often was counted, how much time has passed, and whether somebody counts behind."""
    settings.COUNTED_EVERY_S = 2.0
    stage = {"times": 0, "now": 100.0, "behind": []}

    def count():
        stage["times"] += 1
        return counts()

    class Behind:
        def __init__(self, *, target, **_named):
            stage["behind"].append(target)

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
    first = lately.counts_lately()
    assert lately.counts_lately() is first
    assert (counted["times"], counted["behind"]) == (1, [])
    counted["now"] += 3
    assert lately.counts_lately() is first, "nobody waits"
    assert lately.counts_lately() is first
    assert len(counted["behind"]) == 1, "and one counts for all"
    counted["behind"][0]()
    assert counted["times"] == 2
    assert lately.counts_lately() is not first


@pytest.mark.django_db
def test_after_a_long_time_nobody_is_given_what_is_long_over(counted):
    first = lately.counts_lately()
    counted["now"] += 31
    assert lately.counts_lately() is not first


@pytest.mark.django_db
def test_a_count_that_fails_behind_is_tried_again(counted, monkeypatch):
    lately.counts_lately()
    counted["now"] += 3
    lately.counts_lately()

    def fails():
        raise OSError

    monkeypatch.setattr(lately, "counts", fails)
    counted["behind"][0]()
    lately.counts_lately()
    assert len(counted["behind"]) == 2
    counted["behind"][1]()
