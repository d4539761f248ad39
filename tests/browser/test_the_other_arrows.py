"""What else can become of a place and of a sum: each arrow that leads elsewhere, by those whose click it is.

These stories are about another operator than those of test_from_notice_to_paid, on the same road.
"""

from tests import people
from tests.browser.road_acts import (
    commission_decides,
    contested_by_letter,
    number_in,
    operator_page,
    operator_says,
    order_drafted,
    proposed,
    review_of,
    signed_and_served,
    task_about,
)
from tests.browser.road_cast import Cast, direct_post, is_refused, presses, told
from tests.browser.road_stage import Road

WHY = "Our own looks of this month say otherwise than the operator does."
NOTE = "The operator was called, and a letter went to its seat."
CONTEST = "The worksheet counts a request that was no such thing."
FOUND = "The papers that came in since show who is right here."
_AGEING = "/console/reviews/ageing/"


def test_a_block_that_nobody_decides_about_is_extended_ended_or_shown_again_and_never_in_silence(
    road: Road, cast: Cast
) -> None:
    road.block_ends_in("extended", days=2)
    road.block_ends_in("ended", days=3)
    page = cast.at(people.REGULATOR, _AGEING)
    assert "Blocks that end within a week: 2" in told(page)
    assert "You may read this. The secretariat of the commission extends." in told(page)
    assert not page.locator("[name=block]:enabled, #statement").count()
    first = page.locator("[name=block]").first.get_attribute("value") or ""
    words = {"why": "decision_near", "statement": WHY}
    assert direct_post(page, f"{_AGEING}extend/", block=first, **words)[0] == 403
    page = cast.at(people.REVIEWER, _AGEING)
    presses(page, "/extend/", block=first, **words)
    assert "Extended: 1." in told(page)
    assert "Blocks that end within a week: 1" in told(page)

    task = task_about(cast, people.REVIEWER, "block_ends", host="wall.example")
    page = cast.at(people.COUNSELLOR, task)
    assert not page.locator("[name=outcome]:enabled").count()
    assert direct_post(page, f"{task}finish/", outcome="restore", note=NOTE)[0] == 403
    presses(cast.at(people.REVIEWER, task), "/finish/", outcome="restore", note=NOTE)
    road.goes_on()
    operator_says(cast, road, road.places["ended"], "restored", by=people.RIVAL)
    road.is_seen("ended", gone=False)

    road.block_ends_in("shown", days=0)
    task = task_about(cast, people.REVIEWER, "shown_undecided", host="wall.example")
    page = cast.at(people.REVIEWER, task)
    page.get_by_role("link", name="Decide about it").click()
    page.wait_for_url("**/reviews/*-*/")
    assert "No proposal yet" in told(page)


def test_a_false_word_is_ordered_to_be_made_true_and_what_comes_back_later_is_asked_for_anew(
    road: Road, cast: Cast
) -> None:
    operator_says(cast, road, road.places["lied"], "removed", by=people.RIVAL)
    road.is_seen("lied", gone=False)
    order = order_drafted(cast, road, of="Wall", ground="claim_false", reasons=WHY)
    is_refused(cast, people.REGULATOR, f"{order}sign/", says="Another official has to sign it.")
    signed_and_served(cast, road, order)
    road.is_seen_later("lied", gone=True)
    assert "This order is at its end." in told(cast.at(people.REGULATOR, order))
    road.is_seen_later("lied", gone=False)
    again = cast.at(people.RIVAL, f"/operator/requests/{road.places['lied']}/")
    again.locator("a[href*='/operator/requests/'].number").first.click()
    again.wait_for_url(lambda url: road.places["lied"] not in url)
    assert again.locator("button[value=removed]").count() == 1, "asked anew"


def test_what_nobody_answers_ends_in_a_sum_that_is_annulled_and_another_that_is_upheld_and_paid(
    road: Road, cast: Cast
) -> None:
    first, second, third = people.REGULATOR, people.SECOND_REGULATOR, people.THIRD_REGULATOR
    road.time_is_over("remove", road.places["late"])
    order = order_drafted(cast, road, of="Wall", ground="overdue", reasons=WHY)
    signed_and_served(cast, road, order)
    road.time_is_over("comply", number_in(order))
    road.is_seen("late", gone=False)
    cast.may_not(people.CHAIR, order, "/console/enforcement/sanctions/")

    sanction = contested_by_letter(cast, road, proposed(cast, road, order, kind="surcharge"), text=CONTEST)
    for one, verb in ((first, "annul"), (second, "uphold")):
        is_refused(cast, one, f"{sanction}{verb}/", says="A third official decides about it now.")
    page = cast.at(third, sanction)
    assert CONTEST in told(page)
    presses(page, "/uphold/", button="[formaction$='/annul/']", why=FOUND)
    assert "annulled" in page.locator(".line.head .state").inner_text()

    sanction = contested_by_letter(cast, road, proposed(cast, road, order, kind="fine"), text=CONTEST)
    presses(cast.at(third, sanction), "/uphold/", why=FOUND)
    page = cast.at(first, sanction)
    won = page.locator(".line.head b", has_text="left to be paid").inner_text().split(" won")[0]
    presses(page, "/pay/", won=won, reference="treasury 8")
    assert "paid" in page.locator(".line.head .state").inner_text()


def test_who_cannot_be_asked_is_reached_another_way_and_at_last_not_reached_from_here(
    road: Road, cast: Cast
) -> None:
    operator_says(cast, road, road.places["refused"], "lawful", by=people.RIVAL)
    assert review_of(cast, "the operator refuses", host="wall.example")

    task = task_about(cast, people.COUNSELLOR, "no_channel", host="abroad.example")
    cast.may_not(people.CHAIR, task)
    presses(cast.at(people.COUNSELLOR, task), "/finish/", outcome="reached", note=NOTE)
    road.time_is_over("remove", road.places["abroad"])
    evidence = operator_page(cast, road, "Abroad") + "?kind=overdue"
    cast.may_not(people.REVIEWER, evidence)
    presses(cast.at(people.REGULATOR, evidence), "/commission/")
    review = review_of(cast, "a state body asks", host="abroad.example")
    is_asked = cast.at(people.PROVIDER, "/operator/").locator("main li", has_text="abroad.example")
    assert not is_asked.count(), "the measure of the state waits for a decision"
    commission_decides(cast, road, review, ground="block_access:out_of_reach")
    asked = cast.at(people.PROVIDER, "/operator/").locator("main li", has_text="abroad.example")
    remedy = number_in(asked.locator("form").first.get_attribute("action") or "")
    answer = f"/operator/requests/{remedy}/answer/"
    rival = cast.at(people.RIVAL, f"/operator/requests/{road.places['late']}/")
    assert direct_post(rival, answer, word="blocked")[0] == 404
    presses(cast.at(people.PROVIDER, "/operator/"), answer, button="[value=blocked]")
    page = cast.at(people.REVIEWER, review)
    page.locator("main a[href*='/console/sightings/']").first.click()
    page.wait_for_url("**/sightings/*-*/")
    assert "None of this is counted as a removal" in told(page)
