"""What is done more than once on the regulator's road, each time by those who may."""

import re
from typing import Final

from playwright.sync_api import Page

from tests import people
from tests.browser.road_cast import Cast, fills, form, presses
from tests.browser.road_stage import Road

VOTERS: Final = (people.CHAIR, *people.MEMBERS[:4])
STATEMENT: Final = (
    "The face of a person was put onto another body, and that person has asked for its removal."
)
ACCOUNTS: Final = "published accounts of the last three years"
URGENT: Final = "It spreads from hour to hour, and nobody there answers."
INTENT: Final = "It answered the decision with a refusal, and looked at nothing of what it says."


def number_in(url: str) -> str:
    """The last number in an address."""
    found: list[str] = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", url)
    assert found, url
    return found[-1]


def operator_says(
    cast: Cast, road: Road, request_id: str, word: str, *, by: people.Person = people.MODERATOR
) -> None:
    page = cast.at(by, f"/operator/requests/{request_id}/")
    button = f"button[value={word}]"
    folded = page.locator(f"details:not([open]):has({button})")
    if folded.count():
        folded.first.locator("summary").first.click()
    presses(page, "/answer/", button=button)
    road.goes_on()


def review_of(cast: Cast, why: str, *, host: str = "board.example") -> str:
    """The one about this place that waits for a decision because of that."""
    ours = cast.at(people.REVIEWER, "/console/reviews/").locator("main li", has_text=host)
    waiting = ours.locator("a.open", has_text=why)
    assert waiting.count() == 1, waiting.all_inner_texts()
    return waiting.first.get_attribute("href") or ""


def commission_decides(cast: Cast, road: Road, review: str, *, ground: str) -> None:
    """The secretariat records the law's exception and proposes; five members vote by the button that says so."""
    page = cast.at(people.REVIEWER, review)
    if page.locator("[name=party][value=operator]").count():
        presses(page, "/leave-out/", code="urgent", text="It spreads from hour to hour.")
    presses(cast.at(people.REVIEWER, review), "/propose/", ground=ground, statement=STATEMENT)
    for member in VOTERS:
        presses(cast.at(member, review), "/vote/")
    road.goes_on()


def heard_at_the_desk(cast: Cast, page: Page, *, opinion: str) -> None:
    """An official asks, and an administrator of the operator says something."""
    presses(page, "/ask/", within="usual")
    desk = cast.at(people.ADMINISTRATOR, "/operator/hearings/")
    with desk.expect_navigation():
        desk.locator("main .work a").first.click()
    presses(desk, "/say/", opinion=opinion)


def filled_in(page: Page, *, percent: str = "0") -> None:
    """The form of a worksheet, as an official would."""
    sheet = page.locator("main form.columns")
    folded = sheet.locator("details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    names = sheet.locator("[name^=level_][value=middle]").evaluate_all("all => all.map((one) => one.name)")
    for name in names:
        factor = name.removeprefix("level_")
        fills(
            sheet, {name: "middle", f"evidence_{factor}": "r1 r2", f"reason_{factor}": "as the papers show"}
        )
    for number, won in enumerate(("9,000,000,000", "12,000,000,000", "15,000,000,000"), start=1):
        fills(sheet, {f"revenue_{number}": won})
    fills(sheet, {"revenue_from": ACCOUNTS, "percent": percent})


def newest_order(page: Page) -> str:
    return number_in(page.locator("#orders a.open").first.get_attribute("href") or "")


def task_about(cast: Cast, person: people.Person, kind: str, *, host: str) -> str:
    """The one that waits for this person, of this kind and about this place."""
    waiting = cast.at(person, f"/console/tasks/?kind={kind}").locator("main li", has_text=host)
    assert waiting.count() == 1, waiting.all_inner_texts()
    return waiting.locator("a.open").get_attribute("href") or ""


def operator_page(cast: Cast, road: Road, name: str) -> str:
    """Its record, as the regulator finds it."""
    page = cast.at(people.REGULATOR, "/console/enforcement/")
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url("**/enforcement/*-*/**")
    return page.url.removeprefix(road.origin).split("?")[0]


def order_drafted(cast: Cast, road: Road, *, of: str, ground: str, reasons: str) -> str:
    """About everything that fits. The law's exception to hearing the operator is recorded; it waits for a signature."""
    page = cast.at(people.REGULATOR, f"{operator_page(cast, road, of)}draft/?ground={ground}")
    drafted = form(page, f"ground={ground}")
    for one in drafted.locator("[name=items]").all():
        one.check()
    fills(drafted, {"reasons": reasons})
    with page.expect_navigation():
        drafted.locator("button").click()
    presses(page, "/hear/")
    presses(page, "/leave-out/", code="urgent", text=URGENT)
    return page.url.removeprefix(road.origin)


def signed_and_served(cast: Cast, road: Road, order: str) -> None:
    """By another official, and by letter, which has arrived today."""
    presses(cast.at(people.SECOND_REGULATOR, order), "/sign/")
    road.goes_on()
    page = cast.at(people.REGULATOR, order)
    presses(page, "/served/", day=page.locator("#day").get_attribute("max") or "")
    road.goes_on()


def proposed(cast: Cast, road: Road, order: str, *, kind: str) -> str:
    """A sum for an order that was not followed; its operator is not heard, as the law lets it be."""
    page = cast.at(people.REGULATOR, f"/console/enforcement/sanctions/new/{kind}/{number_in(order)}/")
    if kind == "surcharge":
        filled_in(page)
        fills(page.locator("main form.columns"), {"intent": INTENT})
    page.get_by_role("button", name="Propose it").click()
    page.wait_for_url("**/sanctions/*-*/")
    presses(page, "/hear/")
    presses(page, "/leave-out/", code="urgent", text=URGENT)
    return page.url.removeprefix(road.origin)


def contested_by_letter(cast: Cast, road: Road, sanction: str, *, text: str) -> str:
    """Decided by another official, served by letter, and contested by one."""
    presses(cast.at(people.SECOND_REGULATOR, sanction), "/decide/")
    page = cast.at(people.REGULATOR, sanction)
    presses(page, "/notify/", way="letter")
    presses(page, "/contest/", text=text)
    road.goes_on()
    return sanction
