"""Two officials press the button in the same moment."""

import threading

from django.db import connection

from haetae.agencies.statistics.actions import CannotPublishError, publish
from haetae.agencies.statistics.models import PublishedMonth
from haetae.agencies.statistics.queries import draft_of
from haetae.audit.models import Event
from tests.publishing import MONTH, lead, moment


def test_of_two_at_once_one_is_published(several_at_once) -> None:
    official, outcomes = lead(), []
    with moment("2026-10-02T09:00"):
        seen = draft_of(MONTH).digest
        ready = threading.Barrier(2)

        def press() -> None:
            try:
                ready.wait(timeout=30)
                publish(month=MONTH, seen=seen, official_id=official.pk)
                outcomes.append("published")
            except CannotPublishError as refusal:
                outcomes.append(refusal.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=press) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(outcomes) == ["month_published_already", "published"]
    assert PublishedMonth.objects.count() == 1
    assert Event.objects.filter(name="statistics.published").count() == 1
