"""What becomes of an answer, as a status and a sentence that says why and the way out."""

from typing import Final

from django.http import JsonResponse

from haetae.operators.answers.rules import WORKED, Outcome, Reason, Word
from haetae.web.api import answers

_WORDS: Final = ", ".join(Word)
_REASONS: Final = ", ".join(Reason)
_TOLD: Final[dict[Outcome, tuple[int, str]]] = {
    Outcome.TAKEN: (200, "Thank you. Your answer was taken."),
    Outcome.SAID_ALREADY: (200, "You had said this already; nothing changed."),
    Outcome.UNSIGNED: (
        401,
        "Send webhook-id, webhook-timestamp, webhook-signature and haetae-operator with the body.",
    ),
    Outcome.BAD_SIGNATURE: (
        401,
        "No signature fits a key in force of the operator in haetae-operator. "
        "Sign webhook-id.webhook-timestamp.body, byte for byte as it is sent.",
    ),
    Outcome.STALE: (
        401,
        "It was signed more than five minutes ago, or ahead of our clock. Set your clock and sign anew.",
    ),
    Outcome.REPLAYED: (
        409,
        "A message of this number was taken before; nothing changed. A retry need not be sent again; "
        "another answer needs a number of its own.",
    ),
    Outcome.UNKNOWN_SCHEMA: (422, 'Send an object whose "schema" is "answer/1".'),
    Outcome.MALFORMED: (
        400,
        f'Send JSON in UTF-8: "word" is one of {_WORDS}; "reason" one of {_REASONS}; "reference" at most 64 of '
        'A-Z a-z 0-9 _ . : + -; "blocked" true or false.',
    ),
    Outcome.NOT_YOURS: (404, "This was asked of another operator; nobody answers for another."),
    Outcome.UNKNOWN_REQUEST: (404, "Nothing was asked under this number."),
    Outcome.LINK_USED: (410, "This link has been used. Answer with your key, or at your desk."),
    Outcome.LINK_OVER: (410, "This link has run out. Answer with your key, or at your desk."),
    Outcome.TOO_LATE: (409, "It stands as you answered before, or it is over; nothing changed."),
    Outcome.REASON_MISSING: (400, f'A refusal needs its "reason": one of {_REASONS}.'),
    Outcome.NOTHING_HIDDEN: (409, "Nothing is to be hidden for now here, so there is nothing to say of it."),
}


def told(outcome: Outcome) -> JsonResponse:
    """The answer to an answer."""
    status, words = _TOLD[outcome]
    if outcome in WORKED:
        return JsonResponse({"outcome": str(outcome), "message": words}, status=status)
    refused = answers.refusal(status=status, code=str(outcome), message=words)
    if status == 401:
        refused["WWW-Authenticate"] = "Signature"
    return refused
