"""Every arrow from a request to a paid surcharge, and back again, clicked by those whose click it is and nobody else.

All that officials, operators, whoever posted it and whoever is in it do are clicks on real pages. What our own looks
see outside is played, and a due date passes when the test says so (see road_stage).
"""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests import people
from tests.browser.road_acts import (
    INTENT,
    commission_decides,
    filled_in,
    heard_at_the_desk,
    number_in,
    operator_says,
    review_of,
)
from tests.browser.road_cast import Cast, fills, form, is_refused, presses, told
from tests.browser.road_stage import Road

WHY = "The commission has decided, and the operator does not follow what was decided."
OPINION = "We think that it is satire, and we had nobody to look at it."
CONTEST = "The worksheet counts a request that was no such thing."
LOWER = "The accounts that were handed in later show it."
OBJECTION = "It is a drawing of my own garden, and nobody is in it at all."


def test_in_doubt_it_is_hidden_and_decided_by_the_commission_and_by_nobody_else(
    road: Road, cast: Cast
) -> None:
    operator_says(cast, road, road.places["road"], "unsure")
    operator_says(cast, road, road.places["road"], "hidden")
    road.is_seen("road", gone=True)
    review = review_of(cast, "the operator cannot tell")
    assert "we saw it twice" in told(cast.at(people.REVIEWER, review))
    assert not cast.at(people.REGULATOR, review).locator("main form[action$='/vote/']").count()
    cast.may_not(people.POLICY_LEAD, review, "/console/enforcement/")
    commission_decides(cast, road, review, ground="remove:manipulated")
    assert "decided: remove" in told(cast.at(people.CHAIR, review))


def test_what_was_decided_is_ordered_by_two_officials_after_the_operator_was_heard(
    road: Road, cast: Cast
) -> None:
    operator_says(cast, road, _newest_at_the_desk(cast), "lawful")
    cast.may_not(people.REVIEWER, "/console/enforcement/", "/console/enforcement/sanctions/")
    cast.may_not(people.CHAIR, "/console/enforcement/")
    page = cast.at(people.REGULATOR, "/console/enforcement/")
    assert "Decisions of the commission were not followed: 1." in told(page)
    page.get_by_role("link", name="Board", exact=True).click()
    page.locator("a[href*='ground=decision_ignored']").first.click()
    with page.expect_navigation():
        drafted = form(page, "ground=decision_ignored")
        drafted.locator("[name=items]").first.check()
        fills(drafted, {"reasons": WHY})
        drafted.locator("button").click()
    order = page.url.removeprefix(road.origin)
    presses(page, "/hear/")
    cast.may_not(people.MODERATOR, f"/operator/orders/{number_in(order)}/")
    heard_at_the_desk(cast, cast.at(people.REGULATOR, order), opinion=OPINION)
    is_refused(cast, people.REGULATOR, f"{order}sign/", says="Another official has to sign it.")
    page = cast.at(people.SECOND_REGULATOR, order)
    assert OPINION in told(page)
    presses(page, "/sign/")
    road.goes_on()
    presses(cast.at(people.ADMINISTRATOR, f"/operator/orders/{number_in(order)}/"), "/open/")
    road.time_is_over("comply", number_in(order))
    road.is_seen("road", gone=False)
    assert "Propose a surcharge" in told(cast.at(people.REGULATOR, order))


def test_a_surcharge_is_proposed_heard_decided_contested_lowered_and_paid_by_three_officials(
    road: Road, cast: Cast
) -> None:
    first, second, third = people.REGULATOR, people.SECOND_REGULATOR, people.THIRD_REGULATOR
    page = cast.at(first, f"/console/orders/{_order_not_followed(cast)}/")
    page.get_by_role("link", name="Propose a surcharge").click()
    filled_in(page)
    fills(page.locator("main form.columns"), {"intent": INTENT})
    page.get_by_role("button", name="Work it out").click()
    assert "240,000,000 won" in told(page)
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url("**/sanctions/*-*/")
    sanction = page.url.removeprefix(road.origin)
    presses(page, "/hear/")
    heard_at_the_desk(cast, cast.at(first, sanction), opinion=OPINION)
    is_refused(cast, first, f"{sanction}decide/", says="You proposed it. Another official decides.")
    presses(cast.at(second, sanction), "/decide/")
    desk = f"/operator/sanctions/{number_in(sanction)}/"
    presses(cast.at(people.ADMINISTRATOR, desk), "/receive/")
    presses(cast.at(people.ADMINISTRATOR, desk), "/contest/", text=CONTEST)
    for one in (first, second):
        is_refused(cast, one, f"{sanction}uphold/", says="A third official decides about it now.")
    page = cast.at(third, sanction)
    assert CONTEST in told(page)
    page.get_by_role("link", name="A lower sum").click()
    fills(page.locator("main form.columns"), {"percent": "-50", "effort_reason": LOWER, "why": LOWER})
    page.get_by_role("button", name="Decide on the lower sum").click()
    page.wait_for_url(f"**{sanction}")
    assert "120,000,000 won left to be paid" in told(page)
    presses(page, "/pay/", won="120,000,000", reference="treasury 7")
    expect(page.locator(".line.head .state")).to_contain_text("paid")
    assert "120,000,000 won" in told(cast.at(people.ADMINISTRATOR, desk))


def test_what_was_deleted_by_a_decision_is_restored_after_an_objection_and_everybody_reads_it(
    road: Road, cast: Cast
) -> None:
    request_id = road.places["back"]
    operator_says(cast, road, request_id, "unsure")
    commission_decides(cast, road, review_of(cast, "the operator cannot tell"), ground="remove:no_consent")
    ordered = _newest_at_the_desk(cast)
    operator_says(cast, road, ordered, "removed")
    road.is_seen("back", gone=True)
    page = cast.at(people.MODERATOR, f"/operator/requests/{ordered}/appeal/")
    link = page.locator("#link").input_value()
    poster = cast.stranger()
    poster.goto(road.origin + urlsplit(link).path)  # the address of the pages is set before there is a port
    presses(poster, "/", ground="lawful", statement=OBJECTION)
    assert "Your objection is here" in told(poster)
    road.goes_on()

    review = review_of(cast, "whoever posted it objects")
    assert OBJECTION in told(cast.at(people.CHAIR, review))
    assert OBJECTION not in told(cast.at(people.REGULATOR, review))
    commission_decides(cast, road, review, ground="not_harmful:lawful")
    poster.reload()
    assert "Your post may be shown" in told(poster)
    operator_says(cast, road, ordered, "restored")
    road.is_seen("back", gone=False)
    poster.reload()
    assert "It is shown again: we looked twice." in told(poster)
    reporter = cast.stranger()
    reporter.goto(f"{road.origin}/mine/")
    reporter.locator("[name=words]").fill(road.places["words"])
    reporter.locator("main form button").first.click()
    reporter.wait_for_load_state()
    assert "People decided that it may stay." in told(reporter)
    assert "shown again; we saw it twice" in told(cast.at(people.REGULATOR, review))


def test_a_duty_counts_as_followed_once_two_officials_have_found_so(road: Road, cast: Cast) -> None:
    order = f"/console/orders/{road.places['order']}/"
    page = cast.at(people.SECOND_REGULATOR, order)
    if page.locator("main form[action$='/sign/']").count():
        presses(page, "/sign/")
    page = cast.at(people.REGULATOR, order)
    presses(page, "/served/", day=page.locator("#day").get_attribute("max") or "")
    presses(page, "/found/", complied="yes")
    assert "This order is at its end." not in told(page)
    page = cast.at(people.THIRD_REGULATOR, order)
    presses(page, "/found/", complied="yes")
    assert "This order is at its end." in told(page)


def _newest_at_the_desk(cast: Cast) -> str:
    """The request that carries what was decided."""
    page = cast.at(people.MODERATOR, "/operator/")
    decided = page.locator("main li", has_text="decided by the review commission")
    return number_in(decided.locator("a.open").first.get_attribute("href") or "")


def _order_not_followed(cast: Cast) -> str:
    page = cast.at(people.REGULATOR, "/console/enforcement/")
    late = page.locator("tr", has_text="Board").locator("a[href*='/console/orders/']").first
    return number_in(late.get_attribute("href") or "")
