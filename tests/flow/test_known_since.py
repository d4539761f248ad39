"""A picture that was left alone becomes known: nobody has to report it again."""

from dataclasses import replace

import pytest
from board import Board
from steps import PHOTOS, found, request_state
from work import do_all_jobs

from haetae.accounts.actions import register_partner
from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.flow.assessment import actions
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.hashbank import rules
from haetae.hashbank.actions import add_entries, keep_list, release_list
from haetae.hashbank.models import HashList
from haetae.hashbank.rules import NewEntry
from tests.prints import prints_of

pytestmark = pytest.mark.django_db


def test_what_was_left_alone_is_asked_for_as_soon_as_it_is_known(
    board: Board, coffee: bytes, make_known
) -> None:
    board.picture = coffee
    found()
    assert Assessment.objects.get().state == "nothing"
    make_known(coffee)
    do_all_jobs()
    assert request_state() == "claimed", "the operator was asked, and answers"
    assert list(Assessment.objects.order_by("round").values_list("state", flat=True)) == [
        "nothing",
        "request",
    ]


def test_another_picture_that_becomes_known_wakes_nothing(board: Board, coffee: bytes, make_known) -> None:
    board.picture = coffee
    found()
    make_known((PHOTOS / "gravel.jpg").read_bytes())
    do_all_jobs()
    assert Assessment.objects.count() == 1
    assert not DeletionRequest.objects.exists()


def test_a_look_that_is_older_than_the_bank_is_made_again(board: Board, coffee: bytes, make_known) -> None:
    board.picture = coffee
    found()
    earlier = Assessment.objects.get()
    earlier.state, earlier.examined_at = "open", None
    earlier.save()
    make_known(coffee)
    with pytest.raises(actions.BankMovedError):
        actions.examined(assessment_id=earlier.pk, finding=None, bank_version=0)  # type: ignore[arg-type]


def test_a_partners_flood_counts_only_after_a_person_has_looked(
    board: Board, coffee: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "FLOOD", replace(rules.FLOOD, entries_most=1))
    partner = register_partner(name="hotline", takes_tier=Tier.COUNSELLOR_CHECKED, actor=SYSTEM)
    keep_list(name="partner-hotline", issuer="hotline", partner=partner, actor=SYSTEM)
    whole = prints_of(coffee).perceptual[0]
    entries = [NewEntry(pdq=whole.pdq, dhash=whole.dhash), NewEntry(pdq="0f" * 32)]
    add_entries(list_name="partner-hotline", entries=entries, actor=SYSTEM)
    board.picture = coffee
    found()
    assert Assessment.objects.get().state == "nothing"
    task = Task.objects.get(kind=Kind.LIST_FLOODED)
    release_list(list_id=HashList.objects.get().pk, actor=SYSTEM)
    do_all_jobs()
    assert task.subject_id == HashList.objects.get().pk
    assert Assessment.objects.order_by("round").last().state == "review", "self-declared: a person decides"
