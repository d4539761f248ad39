"""A document in the console, and the public page on which anybody checks one."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from haetae.accounts.models import Official
from haetae.common.ids import new_id
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.states import Kind
from tests.documents.letters import ENGLISH, KOREAN
from tests.web.conftest import Visitor

WRITTEN = [
    replace(one, reference="", address="", issuer="", on=date.min, addressed_to="Board")
    for one in (KOREAN, ENGLISH)
]


def issued(official: Official, kind: Kind = Kind.ORDER) -> IssuedDocument:
    return issue_document(kind=kind, subject_id=new_id(), documents=WRITTEN, official_id=official.pk)


def words(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def order(reviewer: Official) -> IssuedDocument:
    return issued(reviewer)


def test_whoever_holds_a_copy_learns_that_it_was_issued_and_nothing_of_what_it_says(
    visitor: Visitor, order: IssuedDocument
) -> None:
    portal = visitor("ko")
    to = portal.post("/documents/", {"reference": f" {order.reference.lower()} "})
    assert to.status_code == 303
    page = words(portal.get(to["Location"]))
    for said in ("발급한 문서가 맞아요", order.reference, "방송미디어통신위원회", "시정명령"):
        assert said in page
    for kept in ("Board", ENGLISH.title, KOREAN.title, "reviewer-kim", str(order.subject_id)):
        assert kept not in page
    assert "<title>안내</title>" in page


def test_a_copy_is_compared_by_its_digest(visitor: Visitor, regulator: Client, order: IssuedDocument) -> None:
    portal, address = visitor("en"), f"/documents/{order.reference}/"
    page = regulator.get(f"/console/documents/{order.pk}/ko/html/").content
    pdf = regulator.get(f"/console/documents/{order.pk}/en/pdf/").content
    assert pdf.startswith(b"%PDF")
    for copy in (page, pdf):
        digest = hashlib.sha256(copy).hexdigest()
        same = portal.post(address, {"digest": digest.upper()})
        assert (same.status_code, "Your copy is the document" in words(same)) == (200, True)
    changed = portal.post(address, {"digest": hashlib.sha256(page + b" ").hexdigest()})
    assert (changed.status_code, "Your copy is another one" in words(changed)) == (422, True)
    assert portal.post(address, {"digest": "rather not"}).status_code == 422
    assert "connect-src 'none'" in portal.get(address)["Content-Security-Policy"]


def test_what_was_never_issued_is_not_there(visitor: Visitor, order: IssuedDocument) -> None:
    portal = visitor("en")
    for number in ("KMCC-2019-000001", "KMCC-2026-999999", "<script>", "x" * 300):
        answer = portal.get(f"/documents/{number}/")
        assert answer.status_code == 404
        assert "No such document" in words(answer)
        assert "<script>alert" not in words(answer)
    assert portal.post("/documents/", {"reference": "nonsense"}).status_code == 422


def test_a_document_is_read_by_those_whose_work_it_is(
    regulator: Client, control_room: Client, counsellor: Client, reviewer: Official
) -> None:
    order, decision = issued(reviewer), issued(reviewer, Kind.DECISION)
    for issued_one, may, may_not in (
        (order, [regulator], [control_room, counsellor]),
        (decision, [regulator, control_room], [counsellor]),
    ):
        for address in (
            f"/console/documents/{issued_one.pk}/",
            f"/console/documents/{issued_one.pk}/en/html/",
        ):
            assert [browser.get(address).status_code for browser in may] == [200] * len(may)
            assert [browser.get(address).status_code for browser in may_not] == [403] * len(may_not)
    answer = regulator.get(f"/console/documents/{order.pk}/en/html/")
    policy = answer["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "script-src 'none'" in policy
    assert regulator.get(f"/console/documents/{order.pk}/en/docx/").status_code == 404


def test_without_korean_type_the_page_says_which_package_is_missing(
    regulator: Client, order: IssuedDocument, settings, tmp_path: Path
) -> None:
    settings.FONTS = tmp_path
    answer = regulator.get(f"/console/documents/{order.pk}/ko/pdf/")
    assert answer.status_code == 503
    assert "fonts-noto-cjk" in words(answer)
    assert regulator.get(f"/console/documents/{order.pk}/ko/html/").status_code == 200
