"""Everything that reads signing keys."""

from uuid import UUID

from django.db.models import QuerySet

from haetae.accounts.models import KeyUse, SigningKey


def has_signing_key(operator_id: UUID, key_id: UUID) -> bool:
    """Whether a key is, or was, this operator's."""
    return SigningKey.objects.filter(pk=key_id, operator_id=operator_id).exists()


def in_force(operator_id: UUID, *uses: KeyUse) -> QuerySet[SigningKey]:
    """Keys of an operator that hold now, the newest first; of these uses, or of all."""
    keys = SigningKey.objects.filter(operator_id=operator_id, ended_at=None).order_by("-since")
    return keys.filter(use__in=uses) if uses else keys
