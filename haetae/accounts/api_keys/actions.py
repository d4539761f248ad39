"""Everything that writes keys for the polling interface."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from haetae.accounts.models import ApiKey, KeyScope, Operator
from haetae.accounts.shown_once import ShownAlreadyError, may_be_shown_again
from haetae.audit.actions import record
from haetae.audit.actor import Actor
from haetae.common import clock
from haetae.common.ids import derived_id

PER_MINUTE: Final = 600
_SALT: Final = "haetae.accounts.api_keys"


@transaction.atomic
def new_operate_key(*, operator: Operator, form_key: UUID, actor: Actor) -> str:
    """A secret of 256 bits, of which a digest stays. The same form sent twice at once makes one, and shows it twice.

    That is why it is computed from the form's key, which was drawn for it, and from the installation's own secret.
    Raises ShownAlreadyError once the moment of showing is over.
    """
    Operator.objects.select_for_update().get(pk=operator.pk)
    mac = salted_hmac(_SALT, f"{operator.pk}:{form_key}", algorithm="sha256")
    secret = urlsafe_b64encode(mac.digest()).decode().rstrip("=")
    key_id, now = derived_id("operate-key", operator.pk, form_key), clock.now()
    made = ApiKey.objects.filter(pk=key_id).first()
    if made is not None:
        if made.ended_at is None and may_be_shown_again(made.issued_at, now=now):
            return secret
        raise ShownAlreadyError
    key = ApiKey.objects.create(
        pk=key_id,
        operator=operator,
        scope=KeyScope.OPERATE,
        digest=sha256(secret.encode()).hexdigest(),
        per_minute=PER_MINUTE,
        issued_at=now,
    )
    facts = {"scope": str(KeyScope.OPERATE), "holder": str(operator.pk)}
    record(event="accounts.key_issued", subject=key, actor=actor, facts=facts)
    return secret


@transaction.atomic
def end_operate_key(*, key_id: UUID, operator: Operator, actor: Actor) -> bool:
    """A key of this operator ends now; False when it has none of that id in force."""
    key = (
        ApiKey.objects.select_for_update()
        .filter(pk=key_id, operator=operator, scope=KeyScope.OPERATE, ended_at=None)
        .first()
    )
    if key is None:
        return False
    key.ended_at = clock.now()
    key.save(update_fields=["ended_at"])
    record(event="accounts.key_ended", subject=key, actor=actor, facts={"scope": str(key.scope)})
    return True
