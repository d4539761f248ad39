"""Every key of an installation: how one is made, and how the one before it comes to its end after a change. Pure."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from haetae.common.keys import primitives


class Ends(StrEnum):
    """When a former key is needed no more."""

    OUTLIVED = "outlived"  # what it sealed or signed is over by then
    REWRAPPED = "rewrapped"  # every row that lay under it lies under the newer one
    RESTRETCHED = "restretched"  # every person whose receipt it stretched has come back
    CHECKED = "checked"  # nothing more is signed with it, and its public part stays for whoever checks


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`lasts`: so long after its successor came into use a former one may still be needed, whatever is counted.

    `leaves` is what stays of it in the folder for good (a part of a file name), or nothing. `lost` says what is lost
    where somebody ends a former one before its time.
    """

    make: Callable[[], bytes]
    ends: Ends
    lasts: timedelta
    lost: str = ""
    leaves: str = ""


def _random() -> bytes:
    return secrets.token_bytes(32)


# Whoever was handed keys may go on with them for ten minutes after the key service went away (served.py).
_KNOWN_TO_EVERYBODY: Final = timedelta(minutes=15)

KINDS: Final[dict[str, Kind]] = {
    # A session lasts twelve hours and a link in a mail thirty days, but the link by which somebody objects leads in for
    # months after the removal, which may come late itself.
    "django-secret": Kind(
        make=_random,
        ends=Ends.OUTLIVED,
        lasts=timedelta(days=400),
        lost="officials sign in anew; links for answers and objections that were handed out before open nothing more",
    ),
    # A form may be sent a day after it was given out.
    "portal": Kind(
        make=_random,
        ends=Ends.OUTLIVED,
        lasts=timedelta(hours=25),
        lost="forms that lie open now make a new receipt when they are sent, and open cases ask for their words again",
    ),
    # What computed digests goes on as the first step of newer ones (haetae.common.sealed); what opened addresses ends.
    "flow": Kind(make=_random, ends=Ends.REWRAPPED, lasts=_KNOWN_TO_EVERYBODY, leaves="search"),
    "custodian": Kind(make=primitives.new_x25519, ends=Ends.REWRAPPED, lasts=_KNOWN_TO_EVERYBODY),
    # A form that was given out before may be sent a day later.
    "receipt-pepper": Kind(
        make=_random,
        ends=Ends.RESTRETCHED,
        lasts=timedelta(hours=25),
        lost="words of people who have not come back since open nothing more; they need new words from a counsellor",
    ),
    "event-log": Kind(make=primitives.new_ed25519, ends=Ends.CHECKED, lasts=timedelta(), leaves="public"),
    "receipt-proofs": Kind(
        make=primitives.new_ed25519, ends=Ends.CHECKED, lasts=timedelta(), leaves="public"
    ),
    # Both sign meanwhile, so that an operator has two weeks to fetch the newer one (/operators/v1/keys.json).
    "operator-messages": Kind(
        make=primitives.new_ed25519,
        ends=Ends.CHECKED,
        lasts=timedelta(days=14),
        lost="operators that have not fetched the newer key believe nothing of ours until they do",
        leaves="public",
    ),
}

# The names of the files that are ours. Every other one came from outside.
OWN: Final = frozenset(KINDS)


def is_own(file_name: str) -> bool:
    """A key of ours in any of its generations, or what stays of one."""
    return file_name.partition(".")[0] in OWN
