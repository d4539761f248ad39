"""Whose picture it is wants nothing of it kept: a tombstone keeps hashes only while a partner must be told by them."""

from datetime import timedelta

import pytest

from haetae.accounts.actions import register_partner
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.flow.next_step import next_step
from haetae.hashbank.actions import make_known, withdraw_known_picture
from haetae.hashbank.exchange.actions import recall_acknowledged, recall_told
from haetae.hashbank.forgetting.actions import forget_entries
from haetae.hashbank.models import KnownPicture, PartnerCopy, Recall
from haetae.hashbank.rules import NewEntry

ENTRY = NewEntry(sha256="ab" * 32, pdq="5a" * 32, dhash="3c" * 32, tier=Tier.COUNSELLOR_CHECKED)
pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> KnownPicture:
    return KnownPicture.objects.get(pk=make_known(list_name="house", entry=ENTRY, actor=SYSTEM))


def hashes_of(known: KnownPicture) -> set[str]:
    known.refresh_from_db()
    return {known.sha256, known.pdq, known.dhash} - {""}


def test_a_withdrawn_entry_that_nobody_else_holds_loses_its_hashes_at_once(known: KnownPicture) -> None:
    withdraw_known_picture(known_id=known.pk, actor=SYSTEM)
    assert forget_entries(known_ids=[known.pk]) == 1
    assert hashes_of(known) == set()
    assert Event.objects.filter(name="hashbank.forgotten", subject_id=known.pk).count() == 1


def test_one_that_is_still_matched_is_not_forgotten(known: KnownPicture) -> None:
    assert forget_entries(known_ids=[known.pk]) == 0
    assert len(hashes_of(known)) == 3


def test_what_a_partner_holds_keeps_its_hashes_until_every_partner_has_dropped_it(
    known: KnownPicture,
) -> None:
    partners = [register_partner(name=name, takes_tier=2, actor=SYSTEM) for name in ("hotline", "agency")]
    given = clock.now() - timedelta(days=1)
    PartnerCopy.objects.bulk_create(
        [PartnerCopy(partner=partner, known=known, given_at=given) for partner in partners]
    )
    withdraw_known_picture(known_id=known.pk, actor=SYSTEM)
    assert Recall.objects.filter(acknowledged_at=None).count() == 2
    forget_entries(known_ids=[known.pk])
    assert len(hashes_of(known)) == 3
    for number, partner in enumerate(partners, start=1):
        recall_told(partner=partner, known_ids=[known.pk])
        recall_acknowledged(partner=partner, known_ids=[known.pk])
        next_step(Event.objects.filter(name="hashbank.recall_acknowledged").latest("pk").pk)
        assert bool(hashes_of(known)) == (number < len(partners))
    assert not known.to_forget
