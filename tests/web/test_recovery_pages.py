"""A charge clicked through by two officials of the ministry, and closed to everybody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from haetae.agencies.recovery.models import Charge, UnitCost
from haetae.audit.models import Event
from haetae.common import clock
from tests import people
from tests.investigations import officer, prosecutor
from tests.recovering import OFFENDER, SOURCE, a_charge, a_place_that_is_gone, recoverer, with_prices

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def form_of(place) -> dict[str, str]:
    return {
        "name": OFFENDER.name,
        "address": OFFENDER.address,
        "decision": OFFENDER.decision,
        "decided_on": OFFENDER.decided_on.isoformat(),
        "pay_to": OFFENDER.pay_to,
        "places": f"{place}\n",
    }


def test_two_officials_charge_a_deletion_and_it_is_paid_in_parts(browser_of):
    place = a_place_that_is_gone()
    son, ahn = browser_of(recoverer()), browser_of(recoverer(people.SECOND_RECOVERER), "ko")
    price = {"work": "look", "won": "300", "since": "2026-01-01", "source": SOURCE}
    assert son.post(reverse("console:charge_costs"), price).status_code == 302
    drafted = son.post(reverse("console:charge_new"), form_of(place), follow=True)
    page = drafted.redirect_chain[-1][0]
    assert "600 won" in drafted.content.decode()
    assert "Another official must sign it" in drafted.content.decode()
    assert "초안입니다" in son.get(f"{page}notice/ko/html/").content.decode()
    refused = son.post(f"{page}sign/")
    assert refused.status_code == 409
    assert Event.objects.get(name="recovery.refused").facts == {"code": "charge_own"}
    assert ahn.post(f"{page}sign/").status_code == 302
    notice = ahn.get(f"{page}notice/ko/html/").content.decode()
    assert OFFENDER.name in notice
    assert "초안입니다" not in notice
    today = timezone.localdate(clock.now()).isoformat()
    son.post(f"{page}serve/", {"way": "post", "day": today})
    son.post(f"{page}pay/", {"won": "100", "day": today, "reference": "A1"})
    assert "500 won left to be paid" in son.get(page).content.decode()
    too_much = ahn.post(f"{page}pay/", {"won": "501", "day": today, "reference": "A2"})
    assert too_much.status_code == 409
    assert "남은 금액보다 많습니다" in too_much.content.decode()
    son.post(f"{page}pay/", {"won": "500", "day": today, "reference": "A2"})
    assert Charge.objects.get().state == "paid"


def test_what_is_wrong_with_a_draft_is_said_and_what_was_typed_stays(browser_of):
    son = recoverer()
    with_prices(son)
    answer = browser_of(son, "ko").post(
        reverse("console:charge_new"), form_of("https://board.example/posts/1")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "게시 위치 번호가 아닌 줄" in text
    assert OFFENDER.name in text


def test_a_price_that_is_none_is_refused(browser_of):
    browser = browser_of(recoverer())
    answer = browser.post(
        reverse("console:charge_costs"), {"work": "look", "won": "-3", "since": "2026-01-01"}
    )
    assert answer.status_code == 422
    assert "whole number of won above 0" in answer.content.decode()
    assert not UnitCost.objects.exists()


def test_the_list_and_the_addresses_name_nobody(browser_of):
    son = recoverer()
    with_prices(son)
    a_charge(son, [a_place_that_is_gone()])
    assert OFFENDER.name not in browser_of(son).get(reverse("console:recovery")).content.decode()


def test_nobody_else_reads_a_charge_or_its_notice(browser_of, policy_lead, visitor):
    son = recoverer()
    with_prices(son)
    charge_id = a_charge(son, [a_place_that_is_gone()])
    pages = [
        reverse("console:charge", args=[charge_id]),
        reverse("console:charge_notice", args=[charge_id, "ko", "html"]),
    ]
    for browser in (browser_of(officer()), browser_of(prosecutor()), policy_lead):
        assert [browser.get(page).status_code for page in pages] == [403, 403]
    assert [visitor().get(page).status_code for page in pages] == [302, 302]
