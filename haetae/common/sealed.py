"""Text that lies sealed in the database: addresses of pictures are read with a key or not at all.

Both keys may be changed while everybody works: what is sealed, and each digest, says under which generation it lies.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, models

from haetae.common.case_keys import WrongKeyError
from haetae.common.keys.interface import SealingKeys, SearchKeys
from haetae.common.keys.marks import FIRST, marked, read_mark

_NONCE_BYTES = 12  # NIST SP 800-38D, 8.2.2: a random 96-bit nonce
_LOCK_BYTES: Final = 8
_Row = TypeVar("_Row", bound=models.Model)


def seal(text: str) -> bytes:
    """AES-256-GCM under the newest flow key: its mark, nonce, ciphertext and tag in one."""
    keys: SealingKeys = settings.KEYS.locator_keys
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + AESGCM(keys.keys[keys.newest]).encrypt(nonce, text.encode(), None)
    return marked(keys.newest, sealed)


def unseal(sealed: bytes) -> str:
    """Raises WrongKeyError when the bytes were altered or another key sealed them."""
    generation, blob = read_mark(bytes(sealed))
    try:
        cipher = AESGCM(_locator_key(generation))
        return cipher.decrypt(blob[:_NONCE_BYTES], blob[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError, KeyError) as error:
        raise WrongKeyError(
            "A sealed address does not open: the keys (HAETAE_KEYS) are not those of this database, or it was altered."
        ) from error


def _locator_key(generation: int) -> bytes:
    """Somebody may have sealed with a key that was not there yet when we asked. Raises KeyError."""
    keys: SealingKeys = settings.KEYS.locator_keys
    if generation not in keys.keys:
        settings.KEYS.learn()
        keys = settings.KEYS.locator_keys
    return keys.keys[generation]


def search_digest(text: str) -> str:
    """By which a sealed text is found again, as it is written now; at most 64 characters, worthless without the key."""
    return search_digests(text)[0]


def search_digests(text: str) -> list[str]:
    """Every form in which the digest of this text may stand somewhere: the one that is written now first.

    Each generation's key is applied to the digest of the one before. So a digest is brought under a newer key without
    anybody opening the text, also where only an officer's reason opens it; and a former key alone tells nothing.
    """
    keys: SearchKeys = settings.KEYS.search_keys
    first = hmac.new(keys.keys[0], text.encode(), hashlib.sha256).digest()
    return _live_forms(first, since=FIRST, keys=keys)


def search_digests_of(texts: Iterable[str]) -> dict[str, str]:
    """Each form of each text's digest, and the text."""
    return {digest: text for text in texts for digest in search_digests(text)}


def forms_of_digest(digest: str) -> list[str]:
    """The same for a digest that was kept, as far as it can be told without its text: its own form and newer ones."""
    generation, raw = _read_digest(digest)
    forms = _live_forms(raw, since=generation, keys=settings.KEYS.search_keys)
    return forms if digest in forms else [*forms, digest]


def renewed_digest(digest: str) -> str:
    """The same digest under the newest key; itself where it lies under that."""
    generation, raw = _read_digest(digest)
    keys: SearchKeys = settings.KEYS.search_keys
    return digest if generation >= keys.newest else _live_forms(raw, since=generation, keys=keys)[0]


def _live_forms(raw: bytes, *, since: int, keys: SearchKeys) -> list[str]:
    forms = {since: _written_digest(since, raw)}
    for generation in range(since + 1, len(keys.keys) + 1):
        raw = hmac.new(keys.keys[generation - 1], raw, hashlib.sha256).digest()
        forms[generation] = _written_digest(generation, raw)
    newest_first = sorted(forms, key=lambda generation: (generation != keys.newest, -generation))
    return [forms[generation] for generation in newest_first if generation in keys.live]


def _written_digest(generation: int, raw: bytes) -> str:
    """64 hex digits in the first generation; the number of a later one, a point, and 43 characters of base64."""
    if generation == FIRST:
        return raw.hex()
    return f"{generation}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}"


def _read_digest(digest: str) -> tuple[int, bytes]:
    number, point, text = digest.partition(".")
    if not point:
        return FIRST, bytes.fromhex(digest)
    return int(number), base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def found_or_held(rows: "models.QuerySet[_Row]", field: str, text: str) -> tuple[_Row | None, str]:
    """The row that has this text's digest in `field`; where none has, nobody else makes one before we end.

    Returns the row or None, and the digest to write. Inside a transaction. Two of us may know different keys for a
    second, so that no UNIQUE in the database sees that theirs and ours are the same text: whoever makes a row holds
    the text, and asks which keys there are only then.
    """
    row = rows.filter(**{f"{field}__in": search_digests(text)}).first()
    if row is None:
        hold(text)
        row = rows.filter(**{f"{field}__in": search_digests(text)}).first()
    return row, search_digest(text)


def hold(text: str) -> None:
    """Until our transaction ends, whoever else holds the same text waits. What keys there are is asked anew."""
    keys: SearchKeys = settings.KEYS.search_keys
    digest = hmac.new(keys.keys[0], text.encode(), hashlib.sha256).digest()
    lock = int.from_bytes(digest[:_LOCK_BYTES], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
    settings.KEYS.learn()


if TYPE_CHECKING:
    _BinaryField = models.BinaryField[str, str]
    _BinaryFieldOrNone = models.BinaryField[str | None, str | None]
    _DigestField = models.CharField[str, str]
    _DigestsField = models.JSONField[list[str], list[str]]
else:
    _BinaryField = _BinaryFieldOrNone = models.BinaryField
    _DigestField, _DigestsField = models.CharField, models.JSONField


class Sealing:
    """Reads and writes str; the column holds only ciphertext."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else seal(value)

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        return None if value is None else unseal(value)

    def get_default(self) -> Any:
        """Empty text, where the plain column would have empty bytes."""
        default = super().get_default()  # type: ignore[misc]
        return "" if default == b"" else default

    def to_python(self, value: Any) -> Any:
        return value


class SealedTextField(Sealing, _BinaryField):
    """A text that lies sealed."""


class SealedTextOrNoneField(Sealing, _BinaryFieldOrNone):
    """The same where there may be none yet. Give it null=True."""


class _Keyed:
    """To migrations it is the plain column that it is: only a change of keys has to know which columns are keyed."""

    def deconstruct(self) -> Any:
        name, _, arguments, named = super().deconstruct()  # type: ignore[misc]
        return name, self.plain, arguments, named

    plain = ""


class SearchDigestField(_Keyed, _DigestField):
    """A digest of `search_digest`, or empty."""

    plain = "django.db.models.CharField"


class SearchDigestsField(_Keyed, _DigestsField):
    """A list of such digests."""

    plain = "django.db.models.JSONField"


class CaseKeyField(_Keyed, models.BinaryField):  # type: ignore[type-arg]
    """A case's key, sealed to the custodian for the row's own id, or none."""

    plain = "django.db.models.BinaryField"
