"""What the key service hands out, as one message: keys that every request needs, in all their generations."""

import json
from dataclasses import dataclass
from typing import Any

from haetae.common.keys.files import KeyRing
from haetae.common.keys.interface import SealingKeys, SearchKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """As `Keys` describes each."""

    django_secret: str
    other_django_secrets: tuple[str, ...]
    locator_keys: SealingKeys
    search_keys: SearchKeys
    portal_keys: SealingKeys
    custodian_number: int
    custodian_public: bytes


def handed_out(keys: KeyRing) -> bytes:
    """As it goes over the socket."""
    search = keys.search_keys
    told: dict[str, Any] = {
        "django": [keys.django_secret, *keys.other_django_secrets],
        "locators": _sealing(keys.locator_keys),
        "portal": _sealing(keys.portal_keys),
        "search": {
            "newest": search.newest,
            "live": list(search.live),
            "keys": [key.hex() for key in search.keys],
        },
        "custodian": [keys.custodian_number, keys.custodian_public.public_bytes_raw().hex()],
    }
    return json.dumps(told).encode()


def taken(given: bytes) -> HandedOut:
    """What `handed_out` wrote."""
    told = json.loads(given)
    search = told["search"]
    return HandedOut(
        django_secret=told["django"][0],
        other_django_secrets=tuple(told["django"][1:]),
        locator_keys=_taken(told["locators"]),
        portal_keys=_taken(told["portal"]),
        search_keys=SearchKeys(
            newest=search["newest"],
            live=search["live"],
            keys=[bytes.fromhex(key) for key in search["keys"]],
        ),
        custodian_number=told["custodian"][0],
        custodian_public=bytes.fromhex(told["custodian"][1]),
    )


def _sealing(keys: SealingKeys) -> dict[str, Any]:
    return {"newest": keys.newest, "keys": {str(number): key.hex() for number, key in keys.keys.items()}}


def _taken(told: dict[str, Any]) -> SealingKeys:
    keys = {int(number): bytes.fromhex(key) for number, key in told["keys"].items()}
    return SealingKeys(newest=told["newest"], keys=keys)
