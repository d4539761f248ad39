"""Everything that writes signing keys."""

import base64
import binascii
import secrets
from typing import Final
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import KeyUse, Operator, SigningKey
from haetae.accounts.shown_once import ShownAlreadyError, may_be_shown_again
from haetae.audit.actions import record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.common.ids import derived_id, new_id

SHARED_BEGINS: Final = "whsec_"
PUBLIC_BEGINS: Final = "whpk_"
_SECRET_BYTES: Final = 32
_PUBLIC_BYTES: Final = 32


class NotAKeyError(Exception):
    """What was given is no public key in the form of Standard Webhooks."""


@transaction.atomic
def new_shared_key(*, operator: Operator, use: KeyUse, actor: Actor, form_key: UUID | None = None) -> str:
    """A new secret of 256 random bits, `whsec_` and base64. Earlier keys stay in force until they are ended.

    With a `form_key` the same form sent twice makes one. Raises ShownAlreadyError when that was long ago.
    """
    assert use is not KeyUse.THEY_SIGN_PUBLIC
    key_id = derived_id("signing-key", operator.pk, use, form_key) if form_key else new_id()
    Operator.objects.select_for_update().get(pk=operator.pk)
    made = SigningKey.objects.filter(pk=key_id).first()
    if made is not None:
        if made.ended_at is None and may_be_shown_again(made.since, now=clock.now()):
            return str(made.secret)
        raise ShownAlreadyError
    secret = SHARED_BEGINS + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    _add(SigningKey(pk=key_id, operator=operator, use=use, secret=secret, since=clock.now()), actor=actor)
    return secret


@transaction.atomic
def register_public_key(*, operator: Operator, public_key: str, actor: Actor) -> UUID:
    """The operator's own Ed25519 key, `whpk_` and base64 of its 32 bytes. Said twice it is one. Raises NotAKeyError."""
    try:
        raw = base64.b64decode(public_key.removeprefix(PUBLIC_BEGINS), validate=True)
    except (binascii.Error, ValueError) as nonsense:
        raise NotAKeyError(f"A public key reads {PUBLIC_BEGINS} and base64 after it.") from nonsense
    if not public_key.startswith(PUBLIC_BEGINS) or len(raw) != _PUBLIC_BYTES:
        raise NotAKeyError(f"A public key reads {PUBLIC_BEGINS} and base64 of its {_PUBLIC_BYTES} bytes.")
    Operator.objects.select_for_update().get(pk=operator.pk)
    known = SigningKey.objects.filter(operator=operator, public_key=public_key, ended_at=None).first()
    if known is not None:
        return known.pk
    key = SigningKey(
        operator=operator,
        use=KeyUse.THEY_SIGN_PUBLIC,
        secret="",
        public_key=public_key,
        since=clock.now(),
    )
    _add(key, actor=actor)
    return key.pk


@transaction.atomic
def end_signing_key(*, key_id: UUID, operator: Operator, actor: Actor) -> bool:
    """A key of this operator ends now; False when it has none of that id in force."""
    key = SigningKey.objects.select_for_update().filter(pk=key_id, operator=operator, ended_at=None).first()
    if key is None:
        return False
    key.ended_at = clock.now()
    key.save(update_fields=["ended_at"])
    record(event="accounts.signing_key_ended", subject=key, actor=actor, facts={"use": key.use})
    return True


def _add(key: SigningKey, *, actor: Actor) -> None:
    key.save(force_insert=True)
    facts = {"use": str(key.use), "operator": str(key.operator_id)}
    record(event="accounts.signing_key_added", subject=key, actor=actor, facts=facts)
