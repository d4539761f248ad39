"""From a proposed sum to a paid one, and everything that may not be."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.enforcement.orders.states import Ground
from haetae.agencies.enforcement.orders.states import State as Ordered
from haetae.agencies.enforcement.sanctions import actions, queries
from haetae.agencies.enforcement.sanctions.actions import CannotSanctionError
from haetae.agencies.enforcement.sanctions.models import Sanction, Sheet
from haetae.agencies.enforcement.sanctions.paying import actions as paying
from haetae.agencies.enforcement.sanctions.paying.actions import Noted
from haetae.agencies.enforcement.sanctions.states import Kind, Served, State
from haetae.agencies.enforcement.sanctions.worksheet import paper
from haetae.agencies.enforcement.sanctions.worksheet.facts import Weighed
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.hearings import actions as hearings
from haetae.flow.hearings.states import About, Party
from haetae.law.sanctioning.facts import Level
from tests.agencies.enforcement.cases import A_FINE, FACTS, INTENT, LESS, Case, found, not_followed, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return not_followed()


def test_a_surcharge_goes_from_a_proposal_to_its_last_won(case: Case) -> None:
    sanction_id = case.proposed()
    assert found(sanction_id).amount == 240_000_000
    case.heard(sanction_id)
    actions.decide(sanction_id=sanction_id, official_id=case.signer)
    actions.notify(
        sanction_id=sanction_id, served_on=today(), served_by=Served.LETTER, actor=official_actor(case.signer)
    )
    first = Noted(won=40_000_000, paid_on=today(), reference="treasury 1")
    assert not paying.paid(sanction_id=sanction_id, payment=first, official_id=case.signer)
    assert not paying.paid(sanction_id=sanction_id, payment=first, official_id=case.signer)
    assert queries.balance_of(found(sanction_id)) == 200_000_000
    rest = Noted(won=200_000_000, paid_on=today(), reference="treasury 2")
    assert paying.paid(sanction_id=sanction_id, payment=rest, official_id=case.signer)
    assert found(sanction_id).state == State.PAID
    names = Event.objects.filter(subject_id=sanction_id).order_by("pk").values_list("name", flat=True)
    assert list(names) == [
        "sanctions.proposed", "sanctions.hearing", "sanctions.decided", "sanctions.notified",
        "sanctions.payment", "sanctions.payment", "sanctions.paid",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "state", [Ordered.DRAFT, Ordered.PRIOR_OPINION, Ordered.ISSUED, Ordered.COMPLIED, Ordered.DROPPED]
)
def test_nobody_is_fined_without_an_order_that_was_not_followed(case: Case, state: Ordered) -> None:
    case.order.issued_by_id = case.signer if state in {Ordered.ISSUED, Ordered.COMPLIED} else None
    case.order.issued_at = case.order.issued_at if case.order.issued_by_id else None
    case.order.state = state
    case.order.save()
    for facts in (FACTS, A_FINE):
        with pytest.raises(CannotSanctionError, match="fine_without_order"):
            case.proposed(facts)
    assert not Sanction.objects.exists()


def test_a_surcharge_is_for_what_stayed_up_and_never_for_a_duty_about_no_picture() -> None:
    case = not_followed(ground=Ground.DUTY)
    with pytest.raises(CannotSanctionError, match="surcharge_for_a_duty"):
        case.proposed(FACTS)
    case.proposed(A_FINE, article="no_transparency_report")
    case.proposed(A_FINE, article="ignoring_a_corrective_order")


def test_a_fine_for_a_report_does_not_rest_on_an_order_about_a_picture(case: Case) -> None:
    for article in ("no_transparency_report", "ignoring_an_order", "surcharge", "nothing"):
        with pytest.raises(CannotSanctionError, match="article_does_not_fit"):
            case.proposed(A_FINE, article=article)


def test_one_failure_costs_each_thing_once_and_a_dropped_one_may_come_anew(case: Case) -> None:
    first = case.proposed()
    case.proposed(A_FINE)
    for facts in (FACTS, A_FINE):
        with pytest.raises(CannotSanctionError, match="sanctioned_already"):
            case.proposed(facts)
    actions.drop(sanction_id=first, official_id=case.proposer)
    assert case.proposed() != first


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FACTS, judged=FACTS.judged[1:]), "factor_missing"),
        (
            replace(FACTS, judged=(replace(FACTS.judged[0], evidence=()), *FACTS.judged[1:])),
            "evidence_missing",
        ),
        (
            replace(FACTS, judged=(replace(FACTS.judged[0], proposed=Level.HIGH), *FACTS.judged[1:])),
            "level_reason_missing",
        ),
        (replace(FACTS, effort=Weighed(percent=-10)), "effort_reason_missing"),
        (replace(FACTS, effort=Weighed(percent=51, reason="it hid the numbers")), "effort_too_far"),
        (replace(FACTS, revenue_from=""), "revenue_from_missing"),
        (replace(FACTS, revenues=(1, 2, 3, 4)), "revenue_unreadable"),
        (replace(FACTS, revenues=(-1,)), "revenue_unreadable"),
        (replace(FACTS, revenues=(0, 0, 0)), "nothing_to_pay"),
    ],
)
def test_what_a_sum_rests_on_may_not_be_missing(case: Case, facts, code: str) -> None:
    with pytest.raises(CannotSanctionError, match=code):
        case.proposed(facts)


def test_a_surcharge_says_what_shows_that_it_was_on_purpose(case: Case) -> None:
    with pytest.raises(CannotSanctionError, match="intent_missing"):
        actions.propose(
            order_id=case.order.pk,
            article="",
            facts=FACTS,
            intent="",
            form_key=uuid4(),
            official_id=case.proposer,
        )


def test_the_same_form_sent_twice_is_one_proposal(case: Case) -> None:
    key = uuid4()
    ids = {
        actions.propose(
            order_id=case.order.pk,
            article="",
            facts=FACTS,
            intent=INTENT,
            form_key=key,
            official_id=case.proposer,
        )
        for _ in range(2)
    }
    assert len(ids) == Sheet.objects.count() == 1


def test_whoever_proposed_it_does_not_sign_it_in_the_rules_and_in_the_database(case: Case) -> None:
    sanction_id = case.proposed()
    case.heard(sanction_id)
    with pytest.raises(CannotSanctionError, match="signed_by_proposer"):
        actions.decide(sanction_id=sanction_id, official_id=case.proposer)
    with pytest.raises(IntegrityError, match="sanction_is_decided_by_another"), transaction.atomic():
        Sanction.objects.filter(pk=sanction_id).update(decided_by=case.proposer, decided_at=clock.now())


def test_nothing_is_decided_before_the_operator_was_heard(case: Case) -> None:
    sanction_id = case.proposed()
    with pytest.raises(CannotSanctionError, match="not_in_hearing"):
        actions.decide(sanction_id=sanction_id, official_id=case.signer)
    actions.to_hearing(sanction_id=sanction_id, official_id=case.proposer)
    with pytest.raises(CannotSanctionError, match="not_heard"):
        actions.decide(sanction_id=sanction_id, official_id=case.signer)
    hearings.ask(
        about=About.SANCTION,
        subject_id=sanction_id,
        party=Party.OPERATOR,
        operator=case.operator,
        until=clock.now() + timedelta(days=10),
        source="haetae",
        official_id=case.proposer,
    )
    with pytest.raises(CannotSanctionError, match="hearing_runs"):
        actions.decide(sanction_id=sanction_id, official_id=case.signer)


def test_after_the_hearing_a_sum_may_fall_and_never_rise_and_both_sheets_stay_readable(case: Case) -> None:
    sanction_id = case.proposed()
    case.heard(sanction_id)
    worse = replace(FACTS, judged=tuple(replace(one, level=Level.HIGH) for one in FACTS.judged))
    with pytest.raises(CannotSanctionError, match="over_the_hearing"):
        actions.revise(sanction_id=sanction_id, facts=worse, intent=INTENT, official_id=case.proposer)
    with pytest.raises(CannotSanctionError, match="not_your_proposal"):
        actions.revise(sanction_id=sanction_id, facts=LESS, intent=INTENT, official_id=case.signer)
    actions.revise(sanction_id=sanction_id, facts=LESS, intent=INTENT, official_id=case.proposer)
    sums = [queries.worksheet_of(sheet).amount for sheet in queries.sheets_of(sanction_id)]
    assert sums == [found(sanction_id).amount, 240_000_000] == [120_000_000, 240_000_000]


def test_a_sheet_cannot_be_altered_in_the_database_and_one_that_was_is_no_sheet(case: Case) -> None:
    sanction_id = case.proposed()
    sheet = queries.sheets_of(sanction_id)[0]
    altered = sheet.content.replace("240000000", "240000001")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(content=altered)
    sheet.content = altered
    with pytest.raises(paper.AlteredSheetError, match="whose digest was recorded"):
        queries.worksheet_of(sheet)
    sheet.digest = paper.digest_of(altered)
    with pytest.raises(paper.AlteredSheetError, match="works out to"):
        queries.worksheet_of(sheet)


def test_earlier_surcharges_that_stand_count_and_may_not_be_left_out(case: Case) -> None:
    case.notified()
    other = not_followed()
    assert queries.earlier(other.operator.pk, Kind.SURCHARGE, at=clock.now()) == 1
    with pytest.raises(CannotSanctionError, match="earlier_below_record"):
        other.proposed()
    assert found(other.proposed(replace(FACTS, earlier=1))).amount == 264_000_000
    assert (
        queries.earlier(other.operator.pk, Kind.SURCHARGE, at=clock.now() + timedelta(days=3 * 366 + 1)) == 0
    )


def test_it_is_served_on_a_day_that_has_come_and_not_before_it_was_decided(case: Case) -> None:
    sanction_id = case.proposed()
    with pytest.raises(CannotSanctionError, match="not_decided_yet"):
        actions.notify(
            sanction_id=sanction_id,
            served_on=today(),
            served_by=Served.DESK,
            actor=official_actor(case.signer),
        )
    case.heard(sanction_id)
    actions.decide(sanction_id=sanction_id, official_id=case.signer)
    for day, code in ((1, "day_to_come"), (-1, "served_before_decided")):
        with pytest.raises(CannotSanctionError, match=code):
            actions.notify(
                sanction_id=sanction_id,
                served_on=today() + timedelta(days=day),
                served_by=Served.DESK,
                actor=official_actor(case.signer),
            )
