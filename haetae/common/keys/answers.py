"""What the key service does for whoever may ask it. Three things never leave it: pepper, custodian, signing keys."""

import re
from collections.abc import Callable
from typing import Final
from uuid import UUID

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys.errors import KeysBusyError, MissingKeyError, TooManyOpeningsError
from haetae.common.keys.files import OWN, KeyRing
from haetae.common.keys.guards import Lane, Openings
from haetae.common.keys.wire import Message, Refusal

_OUTSIDE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}")
# At most two receipts are stretched at once: one that was drawn for a new report, one that somebody typed in. A storm
# of guesses fills its own lane, and nobody's report waits behind it.
_REPORTS_WAITING: Final = 32
_GUESSES_WAITING: Final = 16
_REFUSED: Final = {
    MissingKeyError: Refusal.MISSING,
    WrongKeyError: Refusal.WRONG_KEY,
    KeysBusyError: Refusal.BUSY,
    TooManyOpeningsError: Refusal.TOO_MANY_OPENINGS,
}

log = structlog.get_logger(__name__)


class NotUnderstoodError(Exception):
    """A question that is none of ours, or whose fields are not as agreed."""


class Answers:
    """One for the whole service; asked by several threads at once."""

    def __init__(self, keys: KeyRing, *, openings_per_minute: int) -> None:
        self._keys = keys
        self._openings = Openings(per_minute=openings_per_minute)
        self._reports = Lane(places=_REPORTS_WAITING)
        self._guesses = Lane(places=_GUESSES_WAITING)
        self._known: dict[str, Callable[[Message, int], bytes]] = {
            "ready": lambda _question, _asking: b"",
            "django_secret": lambda _question, _asking: bytes.fromhex(keys.django_secret),
            "locator_key": lambda _question, _asking: keys.locator_key,
            "search_key": lambda _question, _asking: keys.search_key,
            "portal_key": lambda _question, _asking: keys.portal_key,
            "custodian_public": lambda _question, _asking: keys.custodian_public.public_bytes_raw(),
            "log_public": lambda _question, _asking: keys.log_key.public_key().public_bytes_raw(),
            "proof_public": lambda _question, _asking: keys.proof_key.public_key().public_bytes_raw(),
            "operators_public": lambda _question, _asking: keys.operators_key.public_key().public_bytes_raw(),
            "sign_log": lambda question, _asking: _signed(keys.log_key, question),
            "sign_proof": lambda question, _asking: _signed(keys.proof_key, question),
            "sign_operators": lambda question, _asking: _signed(keys.operators_key, question),
            "stretch_receipt": lambda question, _asking: self._stretched(question, self._reports),
            "stretch_guess": lambda question, _asking: self._stretched(question, self._guesses),
            "open_case_key": self._opened,
            "read": lambda question, _asking: self._outside(question),
            "store": lambda question, _asking: self._kept(question),
            "remove": lambda question, _asking: self._forgotten(question),
        }

    def answer(self, question: Message, *, asking: int) -> Message:
        """`asking` is the process that asks, as the system says. Nothing of ours is raised."""
        try:
            known = self._known.get(question.get("ask", ""))
            if known is None:
                raise NotUnderstoodError
            return {"given": known(question, asking).hex()}
        except tuple(_REFUSED) as refused:
            return {"refused": _REFUSED[type(refused)], "words": str(refused)}
        except (NotUnderstoodError, ValueError, KeyError):
            return {
                "refused": Refusal.NOT_UNDERSTOOD,
                "words": "The key service does not know this question.",
            }
        except Exception as fault:
            # Its kind alone: its words may hold a part of what was asked.
            log.error("key_service_failed", kind=type(fault).__name__)
            return {"refused": Refusal.FAILED, "words": "The key service failed over this question."}

    def _stretched(self, question: Message, lane: Lane) -> bytes:
        bits = bytes.fromhex(question["bits"])
        with lane.turn():
            stretched = self._keys.stretch_receipt(bits)
        return bytes.fromhex(stretched.lookup) + stretched.key

    def _opened(self, question: Message, asking: int) -> bytes:
        case_id = UUID(question["case"])
        try:
            self._openings.take(asking)
        except TooManyOpeningsError:
            log.error("too_many_case_openings", process=asking, what_follows="none for this process")
            raise
        key = self._keys.open_case_key(bytes.fromhex(question["sealed"]), case_id=case_id)
        # Beside the event that whoever asks records: an opening that was not recorded there stands here all the same.
        log.info("case_opened", case=str(case_id), process=asking)
        return key

    def _outside(self, question: Message) -> bytes:
        return self._keys.read(_outside_name(question))

    def _kept(self, question: Message) -> bytes:
        self._keys.store(_outside_name(question), bytes.fromhex(question["content"]))
        return b""

    def _forgotten(self, question: Message) -> bytes:
        self._keys.remove(_outside_name(question))
        return b""


def _signed(key: Ed25519PrivateKey, question: Message) -> bytes:
    return key.sign(bytes.fromhex(question["data"]))


def _outside_name(question: Message) -> str:
    """The name of a secret that came from outside; our own keys are not to be had by name."""
    name = question["name"]
    if name in OWN or not _OUTSIDE_NAME.fullmatch(name):
        raise NotUnderstoodError
    return name
