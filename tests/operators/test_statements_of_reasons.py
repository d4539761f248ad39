"""Statements of reasons: each condition of the EU's database has a case that breaks it, and ours break none."""

import json
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from haetae.operators.statements.checking import UnfitExportError, refuse_unless_fit, validator
from haetae.operators.statements.rules import Act, Acted, export_of, puid_of, statement_of

REMOVED = Acted(
    request_id=UUID(int=1),
    act=Act.REMOVED,
    on=date(2026, 11, 26),
    found_on=date(2026, 11, 25),
    legal_ground="Enforcement Decree of the Telecommunications Business Act, Article 30-5(1)",
    agency="Demonstration agency",
    in_the_union=True,
    is_film=False,
    is_manipulated=False,
    is_of_a_minor=False,
    by_person=True,
)
HIDDEN = replace(REMOVED, act=Act.HIDDEN, ends_on=date(2026, 12, 26), review_id=UUID(int=5))
SINCE = date(2026, 11, 1)
ILLEGAL = {"illegal_content_legal_ground": "a law", "illegal_content_explanation": "why"}
TERMS = {"incompatible_content_ground": "a term", "incompatible_content_explanation": "why"}
MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
ADULTS_ONLY = "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
OF_CHILDREN = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"


def exported(*statements: dict[str, Any]) -> dict[str, Any]:
    batch = {"statements": list(statements or [statement_of(REMOVED)])}
    return {
        "form": "haetae-statements/1",
        "operator": "Board",
        "since": "2026-11-01",
        "batches": [batch],
        "extension": {"restored": [], "reviewed": []},
    }


def fits(statement: dict[str, Any]) -> bool:
    return bool(validator().is_valid(exported(statement)))


@pytest.mark.parametrize(
    ("act", "minor", "manipulated", "film"), list(product(Act, (True, False), (True, False), (True, False)))
)
def test_every_statement_that_we_can_make_fits(act: Act, minor: bool, manipulated: bool, film: bool) -> None:
    acted = replace(HIDDEN, act=act, is_of_a_minor=minor, is_manipulated=manipulated, is_film=film)
    statement = statement_of(acted)
    assert fits(statement)
    keywords = statement["category_specification"]
    assert any("CHILD_SEXUAL_ABUSE" in word for word in keywords) is minor
    assert any("NON_CONSENSUAL" in word for word in keywords) is not minor
    assert any("DEEPFAKE" in word for word in keywords) is manipulated
    assert ("CONTENT_TYPE_SYNTHETIC_MEDIA" in statement["content_type"]) is manipulated
    assert ("end_date_visibility_restriction" in statement) is (act is Act.HIDDEN)


# What is taken out, then what is put in instead. One case for each condition.
BROKEN: list[tuple[str, list[str], dict[str, Any]]] = [
    ("nothing was decided", ["decision_visibility"], {}),
    ("no visibility of the list", [], {"decision_visibility": ["DECISION_VISIBILITY_GONE"]}),
    ("visibility is a list", [], {"decision_visibility": "DECISION_VISIBILITY_CONTENT_REMOVED"}),
    ("an empty list of visibilities", [], {"decision_visibility": []}),
    ("other visibility, not said which", [], {"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}),
    ("other visibility said, and not decided", [], {"decision_visibility_other": "x"}),
    (
        "other visibility at too great length",
        [],
        {"decision_visibility": ["DECISION_VISIBILITY_OTHER"], "decision_visibility_other": "x" * 501},
    ),
    ("no restriction of payments of the list", [], {"decision_monetary": "DECISION_MONETARY_NONE"}),
    ("other payments, not said which", [], {"decision_monetary": "DECISION_MONETARY_OTHER"}),
    ("other payments said, and not decided", [], {"decision_monetary_other": "x"}),
    ("no restriction of the service of the list", [], {"decision_provision": "DECISION_PROVISION_NONE"}),
    ("no restriction of the account of the list", [], {"decision_account": "DECISION_ACCOUNT_WARNED"}),
    ("no account type of the list", [], {"account_type": "ACCOUNT_TYPE_ROBOT"}),
    ("no ground", ["decision_ground"], {}),
    ("no ground of the list", [], {"decision_ground": "DECISION_GROUND_TASTE"}),
    ("unlawful, by no law", ["illegal_content_legal_ground"], {}),
    ("unlawful, without a reason", ["illegal_content_explanation"], {}),
    ("a law at too great length", [], {"illegal_content_legal_ground": "x" * 501}),
    ("a reason at too great length", [], {"illegal_content_explanation": "x" * 2_001}),
    ("unlawful, and terms named", [], TERMS),
    ("terms, and none named", list(ILLEGAL), {"decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT"}),
    ("terms, and a law named", [], {"decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT", **TERMS}),
    ("no content type", ["content_type"], {}),
    ("an empty list of content types", [], {"content_type": []}),
    ("no content type of the list", [], {"content_type": ["CONTENT_TYPE_SMELL"]}),
    ("other content, not said which", [], {"content_type": ["CONTENT_TYPE_OTHER"]}),
    ("other content said, and another kind given", [], {"content_type_other": "x"}),
    ("no category", ["category"], {}),
    ("no category of the list", [], {"category": "STATEMENT_CATEGORY_OTHER"}),
    ("no additional category of the list", [], {"category_addition": ["STATEMENT_CATEGORY_OTHER"]}),
    ("no keyword of the list", [], {"category_specification": ["KEYWORD_GOSSIP"]}),
    ("another keyword beside one of the list", [], {"category_specification_other": "x"}),
    ("no country of the list", [], {"territorial_scope": ["KR"]}),
    ("no language", [], {"content_language": "english"}),
    ("no day of publication", ["content_date"], {}),
    ("a day that does not exist", [], {"content_date": "2026-02-30"}),
    ("a day in another notation", [], {"content_date": "26.11.2026"}),
    ("a day before the web of today", [], {"content_date": "1999-12-31"}),
    ("no day of the decision", ["application_date"], {}),
    ("a decision before there was the act", [], {"application_date": "2019-12-31"}),
    ("a day too far ahead", [], {"application_date": "2038-01-02"}),
    ("an end too far ahead", [], {"end_date_visibility_restriction": "2038-01-02"}),
    ("an end of what was not restricted", [], {"end_date_account_restriction": "2027-01-01"}),
    ("no facts", ["decision_facts"], {}),
    ("facts at too great length", [], {"decision_facts": "x" * 5_001}),
    ("no source", ["source_type"], {}),
    ("no source of the list", [], {"source_type": "SOURCE_RUMOUR"}),
    ("of its own accord, and told by somebody", [], {"source_type": "SOURCE_VOLUNTARY"}),
    ("found by a machine, perhaps", [], {"automated_detection": "Maybe"}),
    ("decided by nobody of the list", [], {"automated_decision": "AUTOMATED_DECISION_YES"}),
    ("no number", ["puid"], {}),
    ("a number with a blank", [], {"puid": "one two"}),
    ("a number at too great length", [], {"puid": "x" * 501}),
    ("an address in the facts", [], {"decision_facts": "It was at https://board.example/p/1."}),
    ("a mailbox in the reason", [], {"illegal_content_explanation": "Ask somebody@agency.example."}),
    ("a field that the form does not have", [], {"url": "board.example/p/1"}),
    ("our own event in a statement", [], {"review_ref": str(UUID(int=1))}),
    ("minors under a keyword of adults", [], {"category": MINORS}),
    ("minors added to a keyword of adults", [], {"category_addition": [MINORS]}),
    ("both keywords at once", [], {"category_specification": [ADULTS_ONLY, OF_CHILDREN]}),
    ("children outside the protection of minors", [], {"category_specification": [OF_CHILDREN]}),
]


@pytest.mark.parametrize(
    ("without", "with_"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_breaks_a_condition_is_refused(without: list[str], with_: dict[str, Any]) -> None:
    statement = statement_of(REMOVED)
    assert fits(statement)
    assert not fits({name: value for name, value in statement.items() if name not in without} | with_)


def test_what_the_form_allows_beside_ours_is_allowed() -> None:
    other = {"decision_visibility": ["DECISION_VISIBILITY_OTHER"], "decision_visibility_other": "blurred"}
    assert fits(statement_of(REMOVED) | other)
    on_terms = {name: value for name, value in statement_of(REMOVED).items() if name not in ILLEGAL} | TERMS
    ground = {
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "incompatible_content_illegal": "Yes",
    }
    assert fits(on_terms | ground)


def test_a_batch_has_a_hundred_at_most_and_each_number_once() -> None:
    many = [replace(REMOVED, request_id=UUID(int=number + 1)) for number in range(201)]
    export = export_of(many, restored=[], operator="Board", since=SINCE)
    refuse_unless_fit(export)
    assert [len(batch["statements"]) for batch in export["batches"]] == [100, 100, 1]
    crowded = exported(*(statement_of(acted) for acted in many[:101]))
    with pytest.raises(UnfitExportError, match="batches"):
        refuse_unless_fit(crowded)
    with pytest.raises(UnfitExportError, match="the same twice"):
        refuse_unless_fit(exported(statement_of(REMOVED), statement_of(REMOVED)))


def test_the_same_act_has_the_same_number_for_ever_and_another_act_another() -> None:
    later = replace(REMOVED, found_on=date(2026, 11, 24), agency="Renamed", review_id=UUID(int=9))
    assert puid_of(later) == puid_of(REMOVED) == "haetae-3fc9dfc1-1211-58d6-af07-677a7ec0f9a8"
    assert puid_of(HIDDEN) != puid_of(REMOVED)


def test_nothing_was_done_is_an_export_too() -> None:
    empty = export_of([], restored=[], operator="Board", since=SINCE)
    refuse_unless_fit(empty)
    assert empty["batches"] == []


def test_what_was_shown_again_stands_beside_the_batches_and_in_none() -> None:
    back = replace(HIDDEN, restored_on=date(2026, 11, 27), restored_by=UUID(int=5))
    export = export_of([back], restored=[back], operator="Board", since=SINCE)
    refuse_unless_fit(export)
    assert export["extension"]["restored"] == [
        {"puid": puid_of(back), "restored_on": "2026-11-27", "review_ref": str(UUID(int=5))}
    ]
    assert export["extension"]["reviewed"] == [{"puid": puid_of(back), "review_ref": str(UUID(int=5))}]
    assert "restored" not in json.dumps(export["batches"])
    assert "review" not in export["batches"][0]["statements"][0]


def test_a_law_with_a_long_name_is_cut_to_what_the_form_takes() -> None:
    assert fits(statement_of(replace(REMOVED, legal_ground="x" * 900)))


def test_who_decided_and_how_it_was_found_are_told_as_far_as_we_know() -> None:
    by_hand, by_machine = statement_of(REMOVED), statement_of(replace(REMOVED, by_person=False))
    assert by_hand["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
    assert by_machine["automated_decision"] == "AUTOMATED_DECISION_PARTIALLY"
    assert by_hand["automated_detection"] == by_machine["automated_detection"] == "No"
    assert by_hand["source_type"] == "SOURCE_ARTICLE_16"
    elsewhere = statement_of(replace(REMOVED, in_the_union=False))
    assert elsewhere["source_type"] == "SOURCE_TYPE_OTHER_NOTIFICATION"
