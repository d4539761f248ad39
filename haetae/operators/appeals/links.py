"""The link that an operator hands to whoever posted a picture: signed, of use for nothing else, and kept nowhere.

It names the request by its key, which the operator knows from the notice: no address, no person and no hour is in it.
"""

from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from haetae.common.keys import Keys
from haetae.flow.removal.models import DeletionRequest

_SALT: Final = "haetae.operators.appeals.links"
_LONGEST: Final = 200


class NotOurLinkError(Exception):
    """The text is no link of ours, or somebody changed it."""


def token_for(request: DeletionRequest) -> str:
    """The same each time, so that the poster may be told of it more than once."""
    return _signer().sign_object(request.key.hex)


def key_in(token: str) -> UUID:
    """The key of the request that a link is about. Raises NotOurLinkError."""
    if len(token) > _LONGEST:
        raise NotOurLinkError
    try:
        return UUID(_signer().unsign_object(token))
    except (BadSignature, ValueError, TypeError, AttributeError) as wrong:
        raise NotOurLinkError from wrong


def _signer() -> Signer:
    keys: Keys = settings.KEYS
    return Signer(key=keys.django_secret, salt=_SALT, fallback_keys=[*keys.other_django_secrets])
