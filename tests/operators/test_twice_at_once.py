"""One message of one who stands between, sent twice at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
from django.db import connection

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.flow.remedies.actions import want
from haetae.flow.remedies.states import Kind
from haetae.operators.answers import actions
from haetae.operators.answers.models import Inbound
from haetae.operators.answers.rules import Said, Way, Word
from tests.web.sightings import asked, found


@pytest.mark.parametrize("places", [1, 2], ids=["about one place", "about two, under one number"])
def test_it_is_taken_once_and_the_other_is_a_replay(
    several_at_once: None, monkeypatch: pytest.MonkeyPatch, places: int
) -> None:
    host = register_operator(
        name="Far Hosting",
        connector="email",
        origin="https://hosting.example",
        standing=Standing(kind=OperatorKind.HOST),
        actor=SYSTEM,
    )
    named = []
    for sighting_id in [found(number) for number in range(1, places + 1)]:
        remedy_id = want(
            sighting_id=sighting_id, request_id=asked(sighting_id), intermediary=host, kind=Kind.HOST_NOTICE
        )
        assert remedy_id is not None
        named.append(remedy_id)
    together, was_taken = Barrier(2), actions.was_taken

    def as_late_as_can_be(*given: object) -> bool:
        known = was_taken(*given)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            together.wait(0.5)
        return known

    monkeypatch.setattr(actions, "was_taken", as_late_as_can_be)

    def answer(remedy_id: UUID) -> str:
        try:
            return actions.take_answer(
                operator_id=host.pk,
                request_id=remedy_id,
                said=Said(word=Word.REMOVED),
                way=Way.MAIL_LINK,
                message_id="m-1",
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(answer, [named[0], named[-1]])) == ["replayed", "taken"]
    assert Inbound.objects.filter(outcome="taken").count() == 1
