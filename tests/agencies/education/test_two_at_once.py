"""The same form, sent twice at the same moment: it is one thing, and nobody is shown an error."""

import threading
from uuid import uuid4

from django.db import connection

from haetae.agencies.education.duty.actions import note_duty_met
from haetae.agencies.education.incidents.actions import note_incident
from haetae.agencies.education.models import DutyMet, Incident
from haetae.agencies.education.states import ByRole, Category, ToldWhom, Wish
from tests.educating import an_institution, officer, supervisor, today


def test_an_incident_and_a_report_to_the_police_are_noted_once(several_at_once) -> None:
    cho = supervisor()
    school = an_institution(cho)
    bang, key, outcomes = officer(cho, school), uuid4(), []
    ready = threading.Barrier(4)

    def incident():
        return note_incident(
            institution_id=school,
            category=Category.FORGED,
            known_on=today(),
            by_head=False,
            wish=Wish.NO_OBJECTION,
            form_key=key,
            official_id=bang.pk,
        )

    def duty():
        return note_duty_met(
            institution_id=school,
            by_role=ByRole.TEACHER,
            learnt_on=today(),
            told_on=today(),
            told=ToldWhom.CALL,
            form_key=key,
            official_id=bang.pk,
        )

    def press(act) -> None:
        try:
            ready.wait(timeout=30)
            outcomes.append(act())
        except Exception as problem:
            outcomes.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(act,)) for act in (incident, incident, duty, duty)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {Incident.objects.get().pk, DutyMet.objects.get().pk}
