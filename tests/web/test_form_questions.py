"""What the form asks: why, with which answers, and what it says on the spot."""

import re

import pytest

from haetae.agencies.support.states import Age, Circumstance, Relation
from haetae.agencies.support.steering.rules import CHOOSABLE_BASES
from haetae.law.packs import load_pack
from haetae.web.words.telling import AGES, CIRCUMSTANCES, RELATIONS
from tests.web.forms import case_of, chosen, send

pytestmark = pytest.mark.django_db


def test_what_cannot_be_chosen_counts_as_not_answered(visitor):
    browser = visitor()
    send(browser, relation="x" * 9_000, age="12", circumstances=["none"], legal_basis="of_my_own")
    case = case_of(browser).case
    assert (case.relation, case.age, case.circumstances, case.legal_basis) == ("unsaid", "unsaid", [], "")


def test_every_answer_that_can_be_chosen_is_worded_and_asked(visitor):
    assert (set(RELATIONS), set(AGES), set(CIRCUMSTANCES)) == (set(Relation), set(Age), set(Circumstance))
    page = visitor("ko").get("/link/").content.decode()
    for name, kind in (("relation", Relation), ("age", Age)):
        assert set(re.findall(rf'name="{name}" value="(\w+)"', page)) == set(kind)
        assert chosen(page, name) == ["unsaid"]
    assert set(re.findall(r'name="circumstances" value="(\w+)"', page)) == set(Circumstance)
    assert chosen(page, "circumstances") == []


def test_the_law_to_rest_on_is_out_of_the_pack_and_chosen_by_us_unless_somebody_wants_to(visitor):
    page = visitor("en").get("/link/").content.decode()
    offered = re.findall(r'name="legal_basis" value="(\w*)"', page)
    assert offered[0] == ""
    assert set(offered) == set(CHOOSABLE_BASES)
    assert set(offered[1:]) <= {basis.basis_id for basis in load_pack("kr").legal_bases}
    assert chosen(page, "legal_basis") == [""]
    assert page.index("Which law the request rests on") < page.index('name="legal_basis"')


def test_each_question_says_why_it_is_asked_and_the_end_says_that_nothing_was_saved(visitor):
    for language, why, saved in (
        ("en", "Why we ask:", "Nothing has been saved so far."),
        ("ko", "왜 묻나요?", "아직 아무것도 저장하지 않았어요."),
    ):
        page = visitor(language).get("/link/").content.decode()
        assert page.count(why) == 4
        assert page.index(saved) < page.index('id="send"')


def test_who_is_threatened_reads_on_the_spot_what_cannot_wait(visitor):
    page = visitor("ko").get("/link/").content.decode()
    beside = page[page.index('value="money_demanded"') : page.index('value="at_school"')]
    assert 'href="tel:112"' in beside
    assert "돈을 보내지 마세요." in beside
    assert "아무것도 지우지 마세요." in beside


def test_the_door_of_those_who_have_neither_opens_the_part_for_them(visitor):
    first = visitor().get("/").content.decode()
    assert 'href="/link/?other"' in first
    assert '<details class="other" open>' in visitor().get("/link/?other").content.decode()
    assert '<details class="other" open>' not in visitor().get("/link/").content.decode()
