"""Which keys a database needs: by fingerprints, from which no key can be had."""

import hashlib
import hmac
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from haetae.common.keys import Keys

# What a receipt of zeros alone would be looked up by: nobody is ever given one, and the pepper cannot be had from it.
_NO_RECEIPT = bytes(10)


def fingerprints(keys: Keys) -> dict[str, str]:
    """By the names of the key files. May raise MissingKeyError and KeysUnavailableError."""
    public: dict[str, Ed25519PublicKey | X25519PublicKey] = {
        "event-log": keys.log_key.public_key(),
        "receipt-proofs": keys.proof_key.public_key(),
        "operator-messages": keys.operators_key.public_key(),
        "custodian": keys.custodian_public,
    }
    flow, portal = keys.locator_keys, keys.portal_keys
    secret = {
        "flow": flow.keys[flow.newest],
        "portal": portal.keys[portal.newest],
        "django-secret": bytes.fromhex(keys.django_secret),
        "receipt-pepper": keys.stretch_receipt(_NO_RECEIPT).key,
    }
    raw = {name: key.public_bytes(Encoding.Raw, PublicFormat.Raw) for name, key in public.items()}
    found = {name: hashlib.sha256(content).hexdigest()[:16] for name, content in raw.items()}
    found |= {
        name: hmac.new(key, b"haetae fingerprint", "sha256").hexdigest()[:16] for name, key in secret.items()
    }
    return dict(sorted(found.items()))


def others(wanted: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Names of those keys that are not the ones that the backup needs."""
    return sorted(name for name, value in wanted.items() if here.get(name) != value)
