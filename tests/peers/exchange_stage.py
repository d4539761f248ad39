"""What the tests of the exchange do inside a real installation: `python -m tests.peers.exchange_stage VERB ...`."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
django.setup()

from haetae.accounts.models import KeyScope  # noqa: E402 - after Django's setup
from haetae.audit.actor import SYSTEM  # noqa: E402
from haetae.detect.matching import Tier  # noqa: E402
from haetae.hashbank.actions import add_entries, withdraw_known_picture  # noqa: E402
from haetae.hashbank.models import HashFeedback, KnownPicture, Recall  # noqa: E402
from haetae.hashbank.rules import NewEntry  # noqa: E402
from haetae.hashbank.states import Media, Purpose  # noqa: E402
from tests.hashbank.partners import key_for, make_known, partner_named, pdq  # noqa: E402


def prepare(count: int, ncmec: int = 0) -> dict[str, str]:
    """A partner with both keys, so many pictures and one film, on a list for one wire or for the other."""
    partner = partner_named("hotline")
    make_known(*range(count), purpose=Purpose.CSAM if ncmec else Purpose.NCII)
    film = NewEntry(media=Media.FILM, md5="ab" * 16, tier=Tier.COUNSELLOR_CHECKED)
    add_entries(list_name="test", entries=[film], actor=SYSTEM)
    return {
        "read": key_for(partner, KeyScope.LISTS_READ),
        "write": key_for(partner, KeyScope.LISTS_WRITE),
    }


def more(first: int, last: int) -> None:
    make_known(*range(first, last))


def withdraw(number: int) -> None:
    withdraw_known_picture(known_id=KnownPicture.objects.get(pdq=pdq(number)).pk, actor=SYSTEM)


def standing() -> dict[str, object]:
    """What our tables say afterwards."""
    recalls = Recall.objects.order_by("since")
    return {
        "submitted": sorted(KnownPicture.objects.filter(list="partner-hotline").values_list("pdq", "tier")),
        "feedback": sorted(HashFeedback.objects.values_list("known__pdq", "value")),
        "tags": [said.tags for said in HashFeedback.objects.order_by("given_at")],
        "recalls": [[row.told_at is not None, row.acknowledged_at is not None] for row in recalls],
    }


if __name__ == "__main__":
    verb, *numbers = sys.argv[1:]
    print(json.dumps(globals()[verb](*map(int, numbers))))
