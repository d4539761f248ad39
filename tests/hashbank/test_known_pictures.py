"""What is known, since when, and until when: every change of the bank holds from the next look on."""

from datetime import timedelta

import pytest
import time_machine

from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.finding import Fingerprints, PerceptualHash, Variant
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_known_picture, withdraw_known_picture
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.models import KnownPicture

pytestmark = pytest.mark.django_db

PDQ, DHASH = "0f" * 32, "3c" * 32
SEEN = Fingerprints(
    sha256="11" * 32,
    perceptual=(PerceptualHash(variant=Variant.WHOLE, pdq=PDQ, pdq_quality=100, dhash=DHASH),),
)


def make_known(**more: object):
    known = {"list_name": "test", "tier": Tier.COUNSELLOR_CHECKED, "sha256": "22" * 32, "pdq": PDQ}
    return add_known_picture(**{**known, "dhash": DHASH, "actor": SYSTEM, **more})


def test_a_new_entry_matches_from_the_next_look_on() -> None:
    bank = CurrentBank()
    assert bank.get().match(SEEN) == ()
    entry = make_known()
    assert [match.entry.entry_id for match in bank.get().match(SEEN)] == [str(entry)]


def test_a_withdrawn_entry_matches_no_more_and_can_still_be_explained() -> None:
    bank, entry = CurrentBank(), make_known()
    assert bank.get().match(SEEN)
    withdraw_known_picture(known_id=entry, actor=SYSTEM)
    withdraw_known_picture(known_id=entry, actor=SYSTEM)
    assert bank.get().match(SEEN) == ()
    assert KnownPicture.objects.filter(pk=entry).exists()
    assert Event.objects.filter(name="hashbank.withdrawn").count() == 1


def test_an_entry_expires_while_the_bank_is_in_memory() -> None:
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False) as clock_:
        bank = CurrentBank()
        make_known(expires_at=clock.now() + timedelta(days=30))
        assert bank.get().match(SEEN)
        clock_.shift(timedelta(days=30))
        assert bank.get().match(SEEN) == ()


def test_the_same_picture_on_the_same_list_is_one_entry() -> None:
    assert make_known() == make_known()
    assert KnownPicture.objects.count() == 1
    assert make_known(list_name="another") != make_known()


def test_without_the_second_hash_a_match_is_never_confirmed() -> None:
    make_known(dhash="")
    assert [match.confirmed for match in CurrentBank().get().match(SEEN)] == [False]
