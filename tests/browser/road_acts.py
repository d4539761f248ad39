"""What is done more than once on the regulator's road, each time by those who may."""

import re
from typing import Final

from playwright.sync_api import Page

from tests import people
from tests.browser.road_cast import Cast, fills, presses
from tests.browser.road_stage import Road

VOTERS: Final = (people.CHAIR, *people.MEMBERS[:4])
STATEMENT: Final = (
    "The face of a person was put onto another body, and that person has asked for its removal."
)
ACCOUNTS: Final = "published accounts of the last three years"
INTENT: Final = "It answered the decision with a refusal, and looked at nothing of what it says."


def number_in(url: str) -> str:
    """The last number in an address."""
    found: list[str] = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", url)
    assert found, url
    return found[-1]


def operator_says(cast: Cast, road: Road, request_id: str, word: str) -> None:
    page = cast.at(people.MODERATOR, f"/operator/requests/{request_id}/")
    button = f"button[value={word}]"
    folded = page.locator(f"details:not([open]):has({button})")
    if folded.count():
        folded.first.locator("summary").first.click()
    presses(page, "/answer/", button=button)
    road.goes_on()


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
