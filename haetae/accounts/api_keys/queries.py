"""Everything that reads keys for the polling interface."""

from uuid import UUID

from django.db.models import QuerySet

from haetae.accounts.models import ApiKey, KeyScope, Operator


def operate_keys(operator: Operator) -> QuerySet[ApiKey]:
    """Those that open something, the newest first."""
    keys = ApiKey.objects.filter(operator=operator, scope=KeyScope.OPERATE, ended_at=None)
    return keys.order_by("-issued_at")


def has_operate_key(operator: Operator, key_id: UUID) -> bool:
    """Whether a key is, or was, this operator's."""
    return ApiKey.objects.filter(pk=key_id, operator=operator, scope=KeyScope.OPERATE).exists()
