"""Words stretched under a former pepper go on opening their case, and come under the newer one by themselves."""

from datetime import timedelta
from pathlib import Path

import pytest

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import open_case
from haetae.agencies.support.models import Case
from haetae.agencies.support.queries import case_of_receipt
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Text
from haetae.agencies.support.steering.actions import renew_receipt
from haetae.common import clock
from haetae.common.keys import KeyRing, make_missing_keys
from haetae.common.keys.rotation import ANNOUNCED_FOR, announce, retire, use
from haetae.running.keys.rewrapping import needing, rewrap

pytestmark = pytest.mark.django_db
TOLD = Told(texts={Text.STORY: "a pattern of stripes"}, links=["https://board.example/a"])


@pytest.fixture
def keys(tmp_path: Path, settings) -> KeyRing:
    make_missing_keys(tmp_path / "keys")
    settings.KEYS = KeyRing(folder=tmp_path / "keys", may_create=False, receipt_cost=2**4)
    return settings.KEYS


def changed(keys: KeyRing, name: str) -> None:
    announce(keys.folder, name, at=clock.now() - ANNOUNCED_FOR)
    use(keys.folder, name, at=clock.now())


def test_who_comes_back_comes_under_the_newer_pepper_and_then_the_former_one_may_go(keys: KeyRing) -> None:
    bits, never = receipt.draw(), receipt.draw()
    opened, other = open_case(receipt=bits, told=TOLD), open_case(receipt=never, told=TOLD)
    before = opened.case.lookup
    changed(keys, "receipt-pepper")
    assert needing("receipt-pepper") == {"support_case.key_for_person": 2}
    again = case_of_receipt(bits)
    assert again is not None
    assert again.key == opened.key
    assert again.case.lookup != before
    assert needing("receipt-pepper") == {"support_case.key_for_person": 1}
    assert case_of_receipt(receipt.draw()) is None
    retire(keys.folder, "receipt-pepper", at=clock.now() + timedelta(days=2))
    assert case_of_receipt(bits) is not None
    assert case_of_receipt(never) is None, "whoever did not come back needs new words, which was said"
    assert Case.objects.filter(pk=other.case.pk).exists()


def test_the_same_form_is_one_case_across_a_change(keys: KeyRing) -> None:
    bits = receipt.draw()
    opened = open_case(receipt=bits, told=TOLD)
    announce(keys.folder, "receipt-pepper", at=clock.now() - ANNOUNCED_FOR)
    assert open_case(receipt=bits, told=TOLD).case.pk == opened.case.pk
    use(keys.folder, "receipt-pepper", at=clock.now())
    assert open_case(receipt=bits, told=TOLD).case.pk == opened.case.pk
    assert Case.objects.count() == 1
    new = receipt.draw()
    found = case_of_receipt(bits)
    assert found is not None
    renew_receipt(opened=found, receipt=new)
    assert case_of_receipt(bits) is None
    assert case_of_receipt(new) is not None


def test_a_guess_takes_as_many_steps_whatever_it_is_worth(keys: KeyRing, monkeypatch) -> None:
    from haetae.common.keys import primitives

    old = receipt.draw()
    open_case(receipt=old, told=TOLD)
    changed(keys, "receipt-pepper")
    new = receipt.draw()
    open_case(receipt=new, told=TOLD)
    counted, stretch = [], primitives.stretch
    monkeypatch.setattr(
        primitives, "stretch", lambda bits, **more: counted.append(bits) or stretch(bits, **more)
    )
    steps = []
    for typed in (new, receipt.draw(), None, old):
        counted.clear()
        case_of_receipt(typed)
        steps.append(len(counted))
    assert steps == [2, 2, 2, 2]


def test_case_keys_and_addresses_are_brought_over_and_their_former_keys_may_go(keys: KeyRing) -> None:
    from haetae.flow.arrival.actions import register_sighting
    from haetae.flow.arrival.models import Report, Sighting
    from haetae.flow.arrival.queries import sighting_at
    from haetae.flow.arrival.states import Source

    opened = open_case(receipt=receipt.draw(), told=TOLD)
    media = "https://board.example/a.png"
    place = register_sighting(page_url="https://board.example/a", media_url=media, source=Source.REPORT)
    for name in ("flow", "custodian"):
        changed(keys, name)
    assert needing("custodian") == {"support_case.key_for_custodian": 1}
    left = needing("flow")
    assert left["arrival_sighting.locator_digest"] == left["arrival_report.link"] == 1
    assert (
        register_sighting(page_url="https://board.example/a", media_url=media, source=Source.REPORT) == place
    )
    assert rewrap("custodian") == {} == rewrap("flow")
    for name in ("flow", "custodian"):
        retire(keys.folder, name, at=clock.now() + timedelta(days=1))
    found = sighting_at(media)
    assert found is not None
    assert (found.pk, found.media_url) == (place, media)
    assert Report.objects.get().link == "https://board.example/a"
    assert (
        register_sighting(page_url="https://board.example/a", media_url=media, source=Source.REPORT) == place
    )
    assert Sighting.objects.count() == 1
    row = Case.objects.get()
    assert keys.open_case_key(bytes(row.key_for_custodian), case_id=row.pk) == opened.key


def test_a_row_that_was_altered_is_said_and_left(keys: KeyRing) -> None:
    from django.db import connection

    open_case(receipt=receipt.draw(), told=TOLD)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arrival_report SET link = '\\x00112233445566778899aabbccddeeff'::bytea")
    changed(keys, "flow")
    said: list[str] = []
    assert rewrap("flow", say=said.append) == {"arrival_report.link": 1}
    assert any("stays as it is" in one for one in said)


def test_second_steps_of_officials_are_brought_over(keys: KeyRing) -> None:
    from base64 import b64decode, b64encode

    from allauth.mfa.models import Authenticator

    from haetae.accounts.models import Official
    from haetae.common.keys.marks import read_mark
    from haetae.common.sealed import seal, unseal

    official = Official.objects.create(username="counsellor")
    text = b64encode(seal("JBSWY3DPEHPK3PXP")).decode()
    Authenticator.objects.create(user=official, type="totp", data={"secret": text})
    Authenticator.objects.create(user=official, type="webauthn", data={"name": "Passkey 1", "credential": {}})
    changed(keys, "flow")
    assert needing("flow") == {"mfa_authenticator.data": 1}
    assert rewrap("flow") == {}
    kept = b64decode(Authenticator.objects.get(type="totp").data["secret"])
    assert read_mark(kept)[0] == 2
    assert unseal(kept) == "JBSWY3DPEHPK3PXP"
