"""Material is handed on by the consent of an adult who is shown, and not without."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from haetae.agencies.investigation.undercover import actions
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError
from haetae.agencies.investigation.undercover.consent import actions as consents
from haetae.agencies.investigation.undercover.consent.rules import Given
from haetae.agencies.investigation.undercover.states import Material, WhyEnded
from haetae.common import clock
from haetae.law.undercover import ActKind, Operation
from tests.undercover import SECRETS, act, ask, cast, first_paper, permit

pytestmark = pytest.mark.django_db
NOW = "2026-11-26T12:00:00+09:00"


@pytest.fixture
def time():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def _given(**other) -> Given:
    given = Given(
        who=SECRETS["who"],
        of_what=SECRETS["of_what"],
        explained=SECRETS["explained"],
        acts=frozenset({ActKind.SELL}),
        explained_at=clock.now() - timedelta(hours=1),
        until=clock.now() + timedelta(days=10),
        is_adult=True,
        can_judge=True,
        is_written=True,
    )
    return replace(given, **other)


def test_material_of_an_adult_is_sold_only_while_the_written_consent_stands(time):
    by = cast()
    operation = ask(by, Operation.ASSUMED)
    permit(by, first_paper(operation))
    sale = {
        "kind": ActKind.SELL,
        "material": Material.ADULT,
        "intent_was_there": True,
        "intent": SECRETS["intent"],
    }
    assert act(by, operation, **sale) == "consent_missing"
    consent_id = consents.give(
        operation_id=operation.pk, given=_given(), form_key=uuid4(), official_id=by.officer.pk
    )
    assert act(by, operation, **sale, consent_id=consent_id) == ""
    consents.take_back(consent_id=consent_id, official_id=by.officer.pk)
    assert act(by, operation, **sale, consent_id=consent_id) == "consent_withdrawn"
    with pytest.raises(CannotGoUndercoverError, match="operation_not_over"):
        consents.told(consent_id=consent_id, official_id=by.officer.pk)
    actions.end(operation_id=operation.pk, why=WhyEnded.PURPOSE_REACHED, official_id=by.officer.pk)
    consents.told(consent_id=consent_id, official_id=by.officer.pk)


def test_a_consent_given_to_another_operation_is_none(time):
    by = cast()
    one, other = ask(by, Operation.ASSUMED), ask(by, Operation.ASSUMED)
    for operation in (one, other):
        permit(by, first_paper(operation))
    consent_id = consents.give(
        operation_id=one.pk, given=_given(), form_key=uuid4(), official_id=by.officer.pk
    )
    sale = {
        "kind": ActKind.SELL,
        "material": Material.ADULT,
        "intent_was_there": True,
        "intent": SECRETS["intent"],
    }
    assert act(by, other, **sale, consent_id=consent_id) == "consent_missing"


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"is_adult": False}, "consent_of_minor"),
        ({"can_judge": False}, "consent_of_infirm"),
        ({"is_written": False}, "consent_not_written"),
        ({"explained": ""}, "consent_words_missing"),
    ],
)
def test_no_consent_counts_without_all_that_makes_it_one(time, other, code):
    by = cast()
    operation = ask(by, Operation.ASSUMED)
    with pytest.raises(CannotGoUndercoverError, match=code):
        consents.give(
            operation_id=operation.pk, given=_given(**other), form_key=uuid4(), official_id=by.officer.pk
        )
