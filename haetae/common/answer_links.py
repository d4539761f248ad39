"""The link in a mail with which an operator answers one request: signed, dated, and good for one answer.

Signed with the installation's secret by Django's signer, under a salt of its own. Nothing of it is kept: that it was
used stands with the answer that it brought.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from haetae.common.keys import Keys

OPEN_FOR: Final = timedelta(days=30)
_SALT: Final = "haetae.common.answer_links"
_LONGEST: Final = 400


class NotOurLinkError(Exception):
    """The text is no link of ours, or somebody changed it."""


@dataclass(frozen=True, kw_only=True)
class AnswerLink:
    """`number` counts the answers about a request, from 0: each link brings one of them."""

    request_id: UUID
    operator_id: UUID
    number: int
    over_at: datetime

    @property
    def message_id(self) -> str:
        """Under which its answer is recorded: the second one by this link has the same."""
        return f"{self.request_id}:{self.number}"

    def token(self) -> str:
        """The same each time, so that every attempt to send the letter is the same letter."""
        over_s = int(self.over_at.timestamp())
        return _signer().sign_object([self.request_id.hex, self.operator_id.hex, self.number, over_s])


def read_token(token: str) -> AnswerLink:
    """What a link says. Raises NotOurLinkError; whether it is over is for the caller to see."""
    if len(token) > _LONGEST:
        raise NotOurLinkError
    try:
        request_id, operator_id, number, over_s = _signer().unsign_object(token)
    except (BadSignature, ValueError) as wrong:
        raise NotOurLinkError from wrong
    return AnswerLink(
        request_id=UUID(request_id),
        operator_id=UUID(operator_id),
        number=number,
        over_at=datetime.fromtimestamp(over_s, UTC),
    )


def _signer() -> Signer:
    keys: Keys = settings.KEYS
    return Signer(key=keys.django_secret, salt=_SALT, fallback_keys=[*keys.other_django_secrets])
