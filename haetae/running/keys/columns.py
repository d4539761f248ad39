"""Where something lies under a key, found by the kind of each column, and how to tell under which generation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from haetae.common.keys.marks import mark_of
from haetae.common.sealed import (
    CaseKeyField,
    Sealing,
    SearchDigestField,
    SearchDigestsField,
    renewed_digest,
    seal,
    unseal,
)

# Of what a column holds and the row's own id, the same under the newest key.
Renew = Callable[[Any, Any], Any]


@dataclass(frozen=True, kw_only=True)
class Column:
    """`is_older` is SQL over the column's quoted name that says whether a value lies under a former key."""

    table: str
    name: str
    id_name: str
    id_type: str
    type: str
    is_older: str
    renew: Renew

    @property
    def label(self) -> str:
        return f"{self.table}.{self.name}"


def columns_under(key: str) -> Sequence[Column]:
    """Every column that lies under this key; none for keys under which no row lies."""
    return [column for model in apps.get_models() for named, column in _columns_of(model) if named == key]


def _columns_of(model: type[models.Model]) -> list[tuple[str, Column]]:
    found = []
    for field in model._meta.local_concrete_fields:
        kind = next((kind for kind in _KINDS if isinstance(field, kind.field)), None)
        if kind is not None:
            found.append((kind.key, _column(model, field, kind)))
    return found


@dataclass(frozen=True, kw_only=True)
class _Kind:
    field: type
    key: str
    type: str
    is_older: Callable[[str, int], str]
    renew: Renew


def _column(model: type[models.Model], field: "models.Field[Any, Any]", kind: _Kind) -> Column:
    own = model._meta.pk
    assert own is not None
    assert field.column is not None
    assert own.column is not None
    return Column(
        table=model._meta.db_table,
        name=field.column,
        id_name=own.column,
        id_type=str(own.rel_db_type(connection)),
        type=kind.type,
        is_older=kind.is_older(connection.ops.quote_name(field.column), _newest(kind.key)),
        renew=kind.renew,
    )


def _newest(key: str) -> int:
    number: int = settings.KEYS.locator_keys.newest if key == "flow" else settings.KEYS.custodian_number
    return number


def _bytes_are_older(column: str, newest: int) -> str:
    mark = mark_of(newest)
    if not mark:
        return "false"
    return f"substring({column} from 1 for {len(mark)}) <> '\\x{mark.hex()}'::bytea"


def _digest_is_older(column: str, newest: int) -> str:
    return "false" if newest == 1 else f"({column} <> '' AND {column} NOT LIKE '{newest}.%%')"


def _digests_are_older(column: str, newest: int) -> str:
    one = f"SELECT 1 FROM jsonb_array_elements_text({column}) AS one WHERE one NOT LIKE '{newest}.%%'"  # noqa: S608 - a column of ours
    return "false" if newest == 1 else f"EXISTS ({one})"


def _sealed_again(value: Any, _id: Any) -> bytes:
    return seal(unseal(value))


def _digest_again(value: Any, _id: Any) -> str:
    return renewed_digest(value)


def _digests_again(value: Any, _id: Any) -> list[str]:
    return list(dict.fromkeys(renewed_digest(one) for one in value))


def _case_key_again(value: Any, case_id: Any) -> bytes:
    resealed: bytes = settings.KEYS.reseal_case_key(bytes(value), case_id=UUID(str(case_id)))
    return resealed


_KINDS: Final = (
    _Kind(field=Sealing, key="flow", type="bytea", is_older=_bytes_are_older, renew=_sealed_again),
    _Kind(field=SearchDigestField, key="flow", type="text", is_older=_digest_is_older, renew=_digest_again),
    _Kind(
        field=SearchDigestsField, key="flow", type="jsonb", is_older=_digests_are_older, renew=_digests_again
    ),
    _Kind(
        field=CaseKeyField, key="custodian", type="bytea", is_older=_bytes_are_older, renew=_case_key_again
    ),
)
