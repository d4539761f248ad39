"""What is owed, what is contested, and who may say what becomes of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from haetae.agencies.enforcement.sanctions import queries
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError
from haetae.agencies.enforcement.sanctions.contesting import actions as contesting
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.paying import actions as paying
from haetae.agencies.enforcement.sanctions.paying.actions import Noted
from haetae.agencies.enforcement.sanctions.states import Kind, State
from haetae.common import clock
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.models import Deadline
from haetae.flow.deadlines.states import Kind as Due
from haetae.flow.tasks.models import Task
from tests.agencies.enforcement.cases import A_FINE, FACTS, LESS, Case, found, not_followed, today
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db
WHY = "The accounts that were handed in later show it."


@pytest.fixture
def case() -> Case:
    return not_followed()


def pay(case: Case, sanction_id, won: int, reference: str = "treasury 1") -> bool:
    payment = Noted(won=won, paid_on=today(), reference=reference)
    return paying.paid(sanction_id=sanction_id, payment=payment, official_id=case.signer)


def test_what_is_not_paid_in_time_is_a_task_until_it_is_paid(case: Case) -> None:
    sanction_id = case.notified()
    due = Deadline.objects.get(subject_id=sanction_id, kind=Due.PAY_BY)
    assert due.due_at == found(sanction_id).pay_by > clock.now() + timedelta(days=30)
    deadlines.pass_due(at=due.due_at)
    do_all_jobs()
    assert Task.objects.get(subject_id=sanction_id).state == "waiting"
    pay(case, sanction_id, 240_000_000)
    do_all_jobs()
    assert Task.objects.get(subject_id=sanction_id).state == "resolved"


@pytest.mark.parametrize(
    ("won", "day", "reference", "code"),
    [
        (240_000_001, 0, "a", "payment_above"),
        (0, 0, "a", "sum_unreadable"),
        (-5, 0, "a", "sum_unreadable"),
        (5, 1, "a", "day_to_come"),
        (5, -1, "a", "paid_before_notice"),
        (5, 0, " ", "reference_missing"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(
    case: Case, won: int, day: int, reference: str, code: str
) -> None:
    sanction_id = case.notified()
    payment = Noted(won=won, paid_on=today() + timedelta(days=day), reference=reference)
    with pytest.raises(CannotSanctionError, match=code):
        paying.paid(sanction_id=sanction_id, payment=payment, official_id=case.signer)


def test_one_reference_is_one_payment_and_nothing_is_paid_before_it_is_owed(case: Case) -> None:
    proposed = case.proposed()
    with pytest.raises(CannotSanctionError, match="not_payable"):
        pay(case, proposed, 5)
    other = not_followed().notified()
    pay(case, other, 5)
    with pytest.raises(CannotSanctionError, match="reference_used"):
        pay(case, other, 6)


def test_what_is_contested_is_upheld_by_a_third_official_and_paid_within_a_new_term(case: Case) -> None:
    sanction_id = case.notified()
    case.contested(sanction_id)
    assert Deadline.objects.get(subject_id=sanction_id, kind=Due.PAY_BY).state == "closed"
    with pytest.raises(CannotSanctionError, match="not_payable"):
        pay(case, sanction_id, 5)
    for one in (case.proposer, case.signer):
        with pytest.raises(CannotSanctionError, match="third_person_needed"):
            contesting.upheld(sanction_id=sanction_id, why=WHY, official_id=one)
        with pytest.raises(IntegrityError, match="sanction_is_concluded_by_a_third"), transaction.atomic():
            Sanction.objects.filter(pk=sanction_id).update(concluded_by=one)
    contesting.upheld(sanction_id=sanction_id, why=WHY, official_id=case.third)
    assert found(sanction_id).state == State.UPHELD
    assert pay(case, sanction_id, 240_000_000)


def test_a_changed_sum_has_a_new_sheet_the_old_one_stays_and_what_was_paid_too_much_goes_back(
    case: Case,
) -> None:
    sanction_id = case.notified()
    pay(case, sanction_id, 240_000_000)
    case.contested(sanction_id)
    with pytest.raises(CannotSanctionError, match="changed_not_lower"):
        contesting.changed(sanction_id=sanction_id, facts=FACTS, why=WHY, official_id=case.third)
    contesting.changed(sanction_id=sanction_id, facts=LESS, why=WHY, official_id=case.third)
    assert [sheet.amount for sheet in queries.sheets_of(sanction_id)] == [120_000_000, 240_000_000]
    assert (found(sanction_id).state, queries.balance_of(found(sanction_id))) == (State.PAID, -120_000_000)
    back = Noted(won=120_000_000, paid_on=today(), reference="treasury 9")
    more = Noted(won=120_000_001, paid_on=today(), reference="treasury 8")
    with pytest.raises(CannotSanctionError, match="pay_back_above"):
        paying.paid_back(sanction_id=sanction_id, payment=more, official_id=case.third)
    paying.paid_back(sanction_id=sanction_id, payment=back, official_id=case.third)
    paying.paid_back(sanction_id=sanction_id, payment=back, official_id=case.third)
    assert queries.balance_of(found(sanction_id)) == 0


def test_what_is_annulled_costs_nothing_and_counts_no_more(case: Case) -> None:
    sanction_id = case.notified(A_FINE)
    pay(case, sanction_id, 900_000)
    case.contested(sanction_id)
    contesting.annulled(sanction_id=sanction_id, why=WHY, official_id=case.third)
    assert queries.balance_of(found(sanction_id)) == -900_000
    assert queries.earlier(case.operator.pk, Kind.FINE, at=clock.now()) == 0
    assert case.proposed(A_FINE) != sanction_id


def test_it_is_contested_once_in_time_and_in_words(case: Case) -> None:
    sanction_id = case.notified()
    with pytest.raises(CannotSanctionError, match="text_length"):
        case.contested(sanction_id, text="no")
    over = found(sanction_id).contest_by
    with pytest.raises(CannotSanctionError, match="day_to_come"):
        contesting.contest(sanction_id=sanction_id, text=WHY, received_at=over, actor=case.of_operator)
    case.contested(sanction_id)
    case.contested(sanction_id)
    contesting.upheld(sanction_id=sanction_id, why=WHY, official_id=case.third)
    with pytest.raises(CannotSanctionError, match="contested_already"):
        case.contested(sanction_id, text="once more and in other words")


def test_too_late_is_too_late(case: Case, standing) -> None:
    sanction_id = case.notified()
    standing.at = found(sanction_id).contest_by
    with pytest.raises(CannotSanctionError, match="contest_too_late"):
        case.contested(sanction_id)
