"""A surcharge through its pages: worked out, proposed, heard, signed, served, contested, lowered and paid."""

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from haetae.accounts.models import Operator
from haetae.accounts.permissions import Role
from haetae.agencies.enforcement.sanctions import queries
from haetae.agencies.enforcement.sanctions.models import Sanction
from haetae.agencies.enforcement.sanctions.states import State
from haetae.audit.models import Event
from haetae.law.sanctioning.facts import Factor
from tests import people
from tests.agencies.enforcement.cases import FACTS, INTENT, Case, not_followed, regulator, today

pytestmark = pytest.mark.django_db
FORM = {
    "revenue_1": "9,000,000,000",
    "revenue_2": "12 000 000 000",
    "revenue_3": "15000000000",
    "revenue_from": "published accounts of the last three years",
    "earlier": "0",
    "percent": "0",
    "intent": INTENT,
    **{f"level_{factor}": "middle" for factor in Factor},
    **{f"evidence_{factor}": "r1 r2" for factor in Factor},
    **{f"reason_{factor}": "as the papers of the case show" for factor in Factor},
}
WHY = "The accounts that were handed in later show it."


def page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def refusals() -> list[str]:
    return [event.facts["code"] for event in Event.objects.filter(name="sanctions.refused").order_by("pk")]


@pytest.fixture
def case() -> Case:
    return not_followed()


@pytest.fixture
def desk_of(visitor) -> Callable[[people.Person], Client]:
    def of(person: people.Person) -> Client:
        browser = visitor("en")
        browser.force_login(regulator(person))
        return browser

    return of


@pytest.fixture
def proposer(desk_of) -> Client:
    return desk_of(people.REGULATOR)


@pytest.fixture
def signer(desk_of) -> Client:
    return desk_of(people.SECOND_REGULATOR)


@pytest.fixture
def third(desk_of) -> Client:
    return desk_of(people.THIRD_REGULATOR)


@pytest.fixture
def at_board(at_desk, case: Case) -> Client:
    return at_desk(people.ADMINISTRATOR, Role.OPERATOR_ADMINISTRATOR, case.operator)


def proposed(proposer: Client, case: Case) -> str:
    answer = proposer.post(
        f"/console/enforcement/sanctions/new/surcharge/{case.order.pk}/", {**FORM, "do": "send"}
    )
    assert answer.status_code == 302, page(answer)
    return answer.headers["Location"]


def signed(proposer: Client, signer: Client, case: Case) -> str:
    where = proposed(proposer, case)
    sanction = Sanction.objects.get()
    proposer.post(f"{where}hear/")
    proposer.post(
        f"/console/hearings/sanction/{sanction.pk}/written/",
        {"party": "operator", "code": "letter", "text": "We had nobody on that weekend."},
    )
    assert signer.post(f"{where}decide/").status_code == 302
    return where


def test_a_button_works_it_out_keeps_nothing_and_marks_what_nobody_could_verify(proposer, case):
    where = f"/console/enforcement/sanctions/new/surcharge/{case.order.pk}/"
    assert "only an official can" in page(proposer.get(where))
    shown = page(proposer.post(where, {**FORM, "do": "work"}))
    assert "240,000,000 won" in shown
    assert "12,000,000,000 × 200 / 10,000" in shown
    assert "not verified" in shown
    assert "A proposal, and no law" in shown
    assert 'value="9,000,000,000"' in shown
    assert not Sanction.objects.exists()


def test_from_the_proposal_to_a_lower_sum_that_is_paid(proposer, signer, third, at_board, case):
    where = signed(proposer, signer, case)
    sanction = Sanction.objects.get()
    desk = f"/operator/sanctions/{sanction.pk}/"
    assert "240,000,000 won" in page(at_board.get("/operator/sanctions/"))
    unread = page(at_board.get(desk))
    assert "We have it" in unread
    assert INTENT not in unread, "nobody reads it and says later that it never came"
    assert "How the sum comes about" not in unread
    assert at_board.post(f"{desk}receive/").status_code == 302
    assert INTENT in page(at_board.get(desk))
    assert "Contest it" in page(at_board.get(desk))
    assert at_board.post(f"{desk}contest/", {"text": "no"}).status_code == 422
    assert at_board.post(f"{desk}contest/", {"text": "One request was no such thing."}).status_code == 302
    assert "One request was no such thing." in page(third.get(where))
    lower = {**FORM, "percent": "-50", "effort_reason": WHY, "why": WHY, "do": "send"}
    assert third.post(f"{where}change/", lower).status_code == 302
    shown = page(at_board.get(desk))
    assert "120,000,000 won left to be paid" in shown
    assert "As it was before: 240,000,000 won" in shown
    assert WHY in shown
    payment = {"won": "120,000,000", "day": today().isoformat(), "reference": "treasury 7"}
    for _ in range(2):
        signer.post(f"{where}pay/", payment)
    sanction.refresh_from_db()
    assert (sanction.state, len(queries.payments_of(sanction.pk))) == (State.PAID, 1)
    assert "treasury 7" in page(proposer.get(where))
    assert refusals() == ["text_length"]


def test_one_person_never_signs_twice_also_by_a_direct_post(proposer, signer, case):
    where = proposed(proposer, case)
    sanction = Sanction.objects.get()
    proposer.post(f"{where}hear/")
    written = {"party": "operator", "code": "letter", "text": "We had nobody on that weekend."}
    proposer.post(f"/console/hearings/sanction/{sanction.pk}/written/", written)
    answer = proposer.post(f"{where}decide/")
    assert answer.status_code == 409
    assert "You proposed it. Another official decides." in page(answer)
    signer.post(f"{where}decide/")
    signer.post(f"{where}notify/", {"way": "letter", "day": today().isoformat()})
    signer.post(f"{where}contest/", {"day": today().isoformat(), "text": "It came by letter today."})
    for browser in (proposer, signer):
        answer = browser.post(f"{where}uphold/", {"why": WHY})
        assert answer.status_code == 409
        assert "A third official decides about it now." in page(answer)
    assert refusals() == ["signed_by_proposer", "third_person_needed", "third_person_needed"]


def test_nobody_is_fined_without_an_order_and_the_try_is_recorded(proposer, case):
    type(case.order).objects.filter(pk=case.order.pk).update(state="complied")
    for kind in ("surcharge", "fine"):
        where = f"/console/enforcement/sanctions/new/{kind}/{case.order.pk}/"
        form = {**FORM, "article": "ignoring_a_corrective_order", "do": "send"}
        answer = proposer.post(where, form)
        assert answer.status_code == 409
        assert "Nobody is sanctioned without an order" in page(answer)
    assert refusals() == ["fine_without_order", "fine_without_order"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"revenue_1": "much"}, "whole won"),
        ({"percent": "a lot"}, "whole numbers"),
        ({"level_gain": ""}, "level for each of the six"),
        ({"intent": "<script>"}, "on purpose"),
        ({"earlier": "-1"}, "whole numbers"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_and_nothing_is_lost(proposer, case, change, words):
    where = f"/console/enforcement/sanctions/new/surcharge/{case.order.pk}/"
    answer = proposer.post(where, {**FORM, **change, "do": "send"})
    assert answer.status_code in {409, 422}
    shown = page(answer)
    assert words in shown
    assert "published accounts of the last three years" in shown
    assert "<script>" not in shown.split("</head>")[1].replace("<script src", "")


def test_a_fine_is_chosen_among_what_stands_behind_the_order(proposer, case):
    where = f"/console/enforcement/sanctions/new/fine/{case.order.pk}/"
    assert "Not following a corrective order" in page(proposer.get(where))
    form = {"article": "ignoring_a_corrective_order", "earlier": "0", "percent": "0"}
    assert "9,900,000 won" in page(proposer.post(where, {**form, "do": "work"}))
    assert proposer.post(where, {**form, "do": "send"}).status_code == 302
    assert proposer.post(where, {**form, "article": "surcharge", "do": "send"}).status_code == 409


def test_an_operator_reads_its_own_and_a_moderator_none(
    proposer, signer, at_desk, case, other_board: Operator
):
    where = signed(proposer, signer, case)
    sanction = Sanction.objects.get()
    rival = at_desk(people.RIVAL, Role.OPERATOR_ADMINISTRATOR, other_board)
    assert rival.get(f"/operator/sanctions/{sanction.pk}/").status_code == 404
    assert rival.post(f"/operator/sanctions/{sanction.pk}/receive/").status_code == 404
    assert refusals() == ["not_yours", "not_yours"]
    moderator = at_desk(people.MODERATOR, Role.OPERATOR_MODERATOR, case.operator)
    assert moderator.get("/operator/sanctions/").status_code == 403
    assert "decided, and not served yet" in page(proposer.get("/console/enforcement/sanctions/"))
    assert proposer.get(where).status_code == 200


def test_what_is_only_proposed_reaches_the_operator_by_its_hearing_alone(proposer, at_board, case):
    where = proposed(proposer, case)
    sanction = Sanction.objects.get()
    assert at_board.get(f"/operator/sanctions/{sanction.pk}/").status_code == 404
    proposer.post(f"{where}hear/")
    ask = urlencode({"party": "operator", "within": "usual"})
    proposer.post(
        f"/console/hearings/sanction/{sanction.pk}/ask/",
        ask,
        content_type="application/x-www-form-urlencoded",
    )
    hearing = re.search(r"/operator/hearings/[0-9a-f-]{36}/", page(at_board.get("/operator/hearings/")))
    assert hearing
    shown = page(at_board.get(hearing.group()))
    assert "240,000,000" in shown
    assert INTENT in shown


def test_a_list_reads_the_same_few_tables_however_long_it_is(signer) -> None:
    def queries_for_list() -> int:
        with CaptureQueriesContext(connection) as read:
            assert signer.get("/console/enforcement/sanctions/").status_code == 200
        return len(read)

    not_followed().notified()
    once = queries_for_list()
    for earlier in (1, 2, 3):
        not_followed().notified(replace(FACTS, earlier=earlier))
    assert queries_for_list() == once
