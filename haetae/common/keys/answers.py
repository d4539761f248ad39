"""What the key service does for whoever may ask it. Three things never leave it: pepper, custodian, signing keys."""

import re
from collections.abc import Callable
from typing import Final
from uuid import UUID

import structlog

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys.errors import KeysBusyError, MissingKeyError, TooManyOpeningsError
from haetae.common.keys.files import KeyRing
from haetae.common.keys.generations import GENERATIONS, RETIRED
from haetae.common.keys.guards import Lane, Openings
from haetae.common.keys.handing import handed_out
from haetae.common.keys.interface import Signer
from haetae.common.keys.kinds import is_own
from haetae.common.keys.wire import Message, Refusal

_OUTSIDE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,127}")
_RESERVED: Final = frozenset({GENERATIONS, RETIRED})
_SIGNING: Final = frozenset({"event-log", "receipt-proofs", "operator-messages"})
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
            "handed_out": lambda _question, _asking: handed_out(keys),
            "public_keys": lambda question, _asking: self._public(question),
            "sign_log": lambda question, _asking: _signed(keys.log_key, question),
            "sign_proof": lambda question, _asking: _signed(keys.proof_key, question),
            "sign_operators": lambda question, _asking: self._signed_for_operators(question),
            "stretch_receipt": lambda question, _asking: self._stretched(question, self._reports),
            "stretch_guess": lambda question, _asking: self._stretched(question, self._guesses),
            "open_case_key": self._opened,
            "reseal_case_key": self._resealed,
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
        return b"".join(
            bytes.fromhex(one.lookup) + one.key + one.generation.to_bytes(2)
            for one in stretched.every.values()
        )

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

    def _resealed(self, question: Message, asking: int) -> bytes:
        """Not an opening: what comes out opens for nobody who could not open what went in."""
        case_id = UUID(question["case"])
        sealed = self._keys.reseal_case_key(bytes.fromhex(question["sealed"]), case_id=case_id)
        log.info("case_resealed", case=str(case_id), process=asking)
        return sealed

    def _public(self, question: Message) -> bytes:
        name = question["name"]
        if name not in _SIGNING:
            raise NotUnderstoodError
        return b"".join(key.public_bytes_raw() for key in self._keys.public_keys(name))

    def _signed_for_operators(self, question: Message) -> bytes:
        """By the key in use, and then by each former one."""
        signers = (self._keys.operators_key, *self._keys.former_operators_keys)
        return b"".join(_signed(signer, question) for signer in signers)

    def _outside(self, question: Message) -> bytes:
        return self._keys.read(_outside_name(question))

    def _kept(self, question: Message) -> bytes:
        self._keys.store(_outside_name(question), bytes.fromhex(question["content"]))
        return b""

    def _forgotten(self, question: Message) -> bytes:
        self._keys.remove(_outside_name(question))
        return b""


def _signed(key: Signer, question: Message) -> bytes:
    return key.sign(bytes.fromhex(question["data"]))


def _outside_name(question: Message) -> str:
    """The name of a secret that came from outside; our own keys are not to be had by name."""
    name = question["name"]
    if is_own(name) or name in _RESERVED or not _OUTSIDE_NAME.fullmatch(name):
        raise NotUnderstoodError
    return name
