"""axe-core finds nothing on any page of an investigation, in Korean and light on a telephone, in English and dark."""

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests import people
from tests.browser.inquiry_desks import BARS, desks_of
from tests.browser.inquiry_stage import Inquiry
from tests.browser.road_cast import Cast
from tests.browser.test_nobody_is_kept_out import violations
from tests.browser.test_official_pages_keep_nobody_out import every_page, same_person

# What the walk must have seen, a star for each number.
PAGES = {
    "/console/approvals/",
    "/console/approvals/*/",
    "/console/approvals/new/",
    "/console/confiscations/",
    "/console/confiscations/*/",
    "/console/evidence/",
    "/console/evidence/*/",
    "/console/investigations/",
    "/console/investigations/*/",
    *(
        f"/console/investigations/*/{one}/"
        for one in (
            "data", "data/*", "data/new", "deletions", "evidence", "evidence/*", "linking", "open", "preservation",
            "preservation/*", "proceeds", "self-reports", "undercover", "undercover/*", "undercover/new/assumed",
            "undercover/new/undisclosed",
        )
    ),
    "/console/investigations/new/",
    "/console/investigations/self-reports/",
    "/console/investigations/self-reports/*/",
    "/console/investigations/self-reports/new/",
    "/console/law/penalties/",
    "/console/log/",
    "/console/oversight/",
    "/console/oversight/*/",
    "/console/oversight/half-years/*/*/",
    "/console/recovery/",
    "/console/recovery/*/",
    "/console/recovery/costs/",
    "/console/recovery/new/",
    "/console/undercover/approvals/",
    "/console/undercover/approvals/*/",
    "/console/undercover/permits/",
    "/console/undercover/permits/*/",
    "/console/undercover/petitions/",
    "/console/undercover/petitions/*/",
}  # fmt: skip


@pytest.fixture(scope="module")
def everything(inquiry: Inquiry) -> Inquiry:
    """With something of each kind on each page."""
    inquiry.everything_lies_ready()
    inquiry.log_is_sealed()
    return inquiry


@pytest.mark.parametrize(("language", "scheme", "width"), [("ko", "light", 360), ("en", "dark", 1200)])
def test_no_page_of_an_investigation_keeps_anybody_out(
    chromium: Browser,
    police: Cast,
    everything: Inquiry,
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    found: list[str] = []
    seen: set[str] = set()
    opening = f"/console/investigations/{everything.places['file']}/open/"
    for person in (people.SECOND_CUSTODIAN, *BARS):
        page = same_person(chromium, police.page_of(person), language=language, width=width, scheme=scheme)
        for path in every_page(page, everything, seen, first=[*desks_of(person), opening]):
            found += violations(page)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found += [f"{path} is {wide} px wider than {width}"] if wide > 0 else []
        page.context.close()
    assert found == []
    assert seen >= PAGES, PAGES - seen
