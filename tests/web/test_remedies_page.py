"""What was asked of others than the operator, as officials and the person read it; no page calls it a removal."""

from datetime import date

import pytest
from django.utils import translation

from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import OperatorKind
from haetae.audit.actor import SYSTEM
from haetae.flow.remedies.actions import could_not_be_asked, intermediary_answered, note_serving, want
from haetae.flow.remedies.states import Ended, Kind, State
from haetae.web.words.codes import code_words
from haetae.web.words.history import TOLD, happened_words
from haetae.web.words.remedies import KINDS, remedy_mark
from tests.web.sightings import asked, found


@pytest.mark.django_db
def test_an_official_reads_who_was_asked_for_what_and_how_it_stands(control_room):
    sighting_id = found()
    request_id = asked(sighting_id)
    for name, kind, of, answer in (
        ("Far Hosting", Kind.HOST_NOTICE, OperatorKind.HOST, State.REFUSED),
        ("Finder", Kind.DE_INDEX, OperatorKind.SEARCH, State.CLAIMED),
        ("Carrier", Kind.CDN_NOTICE, OperatorKind.CDN, None),
    ):
        intermediary = register_operator(
            name=name,
            connector="xarf",
            origin=f"https://{of.value}.example",
            standing=Standing(kind=of),
            actor=SYSTEM,
        )
        origin = "" if of is OperatorKind.SEARCH else "https://board.example"
        note_serving(intermediary=intermediary, origin=origin, since=date(2026, 1, 1), actor=SYSTEM)
        remedy = want(sighting_id=sighting_id, request_id=request_id, intermediary=intermediary, kind=kind)
        assert remedy is not None
        if answer is None:
            could_not_be_asked(remedy_id=remedy, code="no_entitlement")
        else:
            facts = {"reference": "AB-12", "reason": "not_convinced"}
            intermediary_answered(remedy_id=remedy, answer=answer, facts=facts, actor=SYSTEM)
    page = control_room.get(f"/console/sightings/{sighting_id}/").content.decode()
    for words in (
        "Far Hosting",
        "says no",
        "AB-12",
        "Finder",
        "could not be asked",
        "may not file",
        "counted as a removal",
    ):
        assert words in page, words
    assert "verified removed" not in page


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_state_and_end_is_worded(language):
    assert set(KINDS) == set(Kind)
    with translation.override(language):
        marks = [remedy_mark(state) for state in State]
        assert len({(mark.shape, mark.words) for mark in marks}) == len(State)
        assert not {mark.words for mark in marks} & set(State)
        assert remedy_mark("withdrawn", must_be_told=True).tone == "people"
        for ended in Ended:
            assert code_words(f"ended_{ended}") != f"ended_{ended}"
        for kind in Kind:
            for name in ("remedies.sent", "remedies.claimed"):
                assert name in TOLD
                assert happened_words(name, facts={"remedy": kind})
            claimed = happened_words("remedies.claimed", facts={"remedy": kind})
            assert {"ko": "답했어요", "en": " says that "}[language] in claimed, "a claim is not a fact"
