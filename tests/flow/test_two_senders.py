"""Two senders of one delivery: one at a time speaks, and whoever comes back late changes nothing."""

import threading
from uuid import uuid4

import pytest
from board import MEDIA, PAGE
from steps import happened

from haetae.accounts.actions import register_operator
from haetae.audit.actor import SYSTEM
from haetae.common.database import held_alone
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.states import Source
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery import actions
from haetae.flow.delivery.handing_over import SomebodySpeaksError, hand_over
from haetae.flow.delivery.models import Attempt, Breaker, Delivery
from haetae.flow.delivery.states import Kind
from haetae.flow.removal.actions import operator_answered, request_deletion
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.removal.states import State


def waiting() -> Delivery:
    operator = register_operator(name="Board", connector="sandbox", origin="https://b.example", actor=SYSTEM)
    sighting = register_sighting(page_url=PAGE, media_url=MEDIA, source=Source.WATCH)
    assessment = open_assessment(sighting_id=sighting, reported=False)
    assert assessment is not None
    request = request_deletion(sighting_id=sighting, assessment_id=assessment)
    assert request is not None
    return actions.open_delivery(
        kind=Kind.DELETE, subject_id=request, sighting_id=sighting, operator=operator
    )


@pytest.mark.usefixtures("several_at_once")
def test_while_one_speaks_another_finds_that_and_begins_nothing() -> None:
    delivery, speaks, over = waiting(), threading.Event(), threading.Event()

    def talk(_: Attempt) -> None:
        speaks.set()
        assert over.wait(20)

    def first() -> None:
        from django.db import connection

        hand_over(delivery.pk, talk=talk, take=lambda attempt, _: None)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert speaks.wait(20)
        with pytest.raises(SomebodySpeaksError):
            hand_over(delivery.pk, talk=talk, take=lambda attempt, _: None)
        assert Attempt.objects.count() == 1
    finally:
        over.set()
        thread.join(20)
    over.set()
    hand_over(delivery.pk, talk=talk, take=lambda attempt, _: None)
    assert Attempt.objects.count() == 2, "once it has ended, or its connection has, another may speak"


@pytest.mark.usefixtures("several_at_once")
def test_a_name_is_held_by_one_connection_and_goes_with_it() -> None:
    name, held, over, free = uuid4(), threading.Event(), threading.Event(), list[bool]()

    def killed() -> None:
        from django.db import connection

        with held_alone(name) as is_free:
            free.append(is_free)
            held.set()
            assert over.wait(20)
            connection.connection.pgconn.finish()  # as the database sees a process that was killed
        connection.close()

    thread = threading.Thread(target=killed)
    thread.start()
    assert held.wait(20)
    with held_alone(name) as is_free:
        free.append(is_free)
    with held_alone(uuid4()) as is_free:
        free.append(is_free)
    over.set()
    thread.join(20)
    for _ in range(200):
        with held_alone(name) as is_free:
            if is_free:
                break
    free.append(is_free)
    assert free == [True, False, True, True]


@pytest.mark.django_db
@pytest.mark.parametrize("says", ["it failed", "there is no way", "it is not fit", "it was refused"])
def test_whoever_comes_back_after_another_has_taken_its_place_changes_nothing(says: str) -> None:
    delivery = waiting()
    late, second = (actions.begin_attempt(delivery_id=delivery.pk) for _ in range(2))
    assert late is not None
    assert second is not None
    operator_answered(request_id=delivery.subject_id, answer=State.SENT, attempt_id=second.pk, actor=SYSTEM)
    before = standing()
    if says == "it failed":
        actions.attempt_failed(
            attempt_id=late.pk, code="network_timeout", may_have_arrived=True, retry_after_s=None
        )
    elif says == "there is no way":
        actions.no_channel(attempt_id=late.pk, code="endpoint_gone")
    elif says == "it is not fit":
        actions.unfit(attempt_id=late.pk, code="notice_field")
    else:
        answered = {"request_id": delivery.subject_id, "attempt_id": late.pk, "actor": SYSTEM}
        assert operator_answered(answer=State.REFUSED, **answered) is False
    assert standing() == before
    late.refresh_from_db()
    assert late.outcome != "", "its own end is written down all the same"


def standing() -> tuple[object, ...]:
    return (
        list(Delivery.objects.values()),
        list(DeletionRequest.objects.values()),
        list(Breaker.objects.values()),
        list(Deadline.objects.order_by("pk").values()),
        happened(),
    )
