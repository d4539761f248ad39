"""Limits while several ask at once, and what follows where a network has sent very many: with real transactions."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from haetae.audit.models import Event
from haetae.flow.arrival.models import Report
from haetae.flow.next_step import next_step
from haetae.settings.limits import Limit
from haetae.web.limits.actions import take
from tests.security.limited import SCHOOL, let


def test_many_processes_at_once_take_no_more_than_there_is(several_at_once, tried):
    def one(_: int) -> bool:
        try:
            return take("crowd", Limit(most=20, seconds=3600)).wait_s == 0.0
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(one, range(80))) == 20
    tried("limits: takes at once from eight connections", 80)


def test_a_school_that_reports_very_much_is_taken_in_to_the_last_and_only_machines_look_later(
    settings, visitor, behind_a_proxy, several_at_once
):
    let(settings, reports_of_source=Limit(most=3, seconds=3600))
    for number in range(5):
        answer = visitor("en").post("/link/", {"links": f"https://a.example/{number}"}, **SCHOOL)
        assert answer.status_code == 303
    elsewhere = {"HTTP_X_CLIENT": "198.51.100.1"}
    visitor("en").post("/link/", {"links": "https://a.example/else"}, **elsewhere)
    behind = {report.link.rpartition("/")[2]: report.behind for report in Report.objects.all()}
    assert behind == {"0": False, "1": False, "2": False, "3": True, "4": True, "else": False}
    for event in Event.objects.filter(name="arrival.reported").order_by("id"):
        next_step(event_id=event.pk)
    jobs = ProcrastinateJob.objects.filter(task_name="haetae.arrival.look_up").order_by("id")
    assert sorted(jobs.values_list("priority", flat=True)) == [0, 0, 7, 7, 7, 7]
