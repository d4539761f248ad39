"""The form of a notice can be read by whoever gets one, before they get one, and the page for operators shows it."""

import json
import re

from haetae.law.countries import Element
from haetae.notice.checking import why_not_this
from haetae.notice.letter import text_of
from haetae.notice.published import schema
from tests.house.code import ROOT

ADDRESS = "/api/operators/v1/notice-1.schema.json"


def test_everybody_may_read_the_form_and_keep_it(visitor):
    browser = visitor()
    answer = browser.get(ADDRESS)
    assert answer.json() == schema()
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    again = browser.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.post(ADDRESS).status_code == 405


def test_what_is_not_for_everybody_is_still_kept_by_nobody(visitor):
    for elsewhere in ("/", "/api/v1/openapi.json", "/api/operators/v1/nothing"):
        assert visitor().get(elsewhere).headers["Cache-Control"] == "no-store", elsewhere


def test_the_sample_on_the_page_for_operators_is_a_notice_that_would_go_out():
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8").split("## The notice")[1]
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found is not None
    sample = json.loads(found[1])
    assert why_not_this(sample, checklist=list(Element)) == []
    assert "Request to delete" in text_of(sample, language="en")
    for name in sample:
        assert f"`{name}" in page.split("```")[2], f"the page does not say what {name} is"
