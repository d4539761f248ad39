"""What one person can be told by, when they hold two accounts: one passkey on both."""

import hashlib
import json
import re
from base64 import urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from haetae.audit.models import Event

pytestmark = pytest.mark.django_db
_ADD = "/console/sign-in/second/webauthn/add/"
_PRESENT_VERIFIED_ATTESTED = 0x45


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _set_up(browser, key: ec.EllipticCurvePrivateKey, credential_id: bytes):
    """What a browser sends for a key that somebody has in a program of their own."""
    page = browser.get(_ADD).content.decode()
    options = json.loads(re.search(r'<script id="js_data"[^>]*>(.*?)</script>', page, re.S)[1])
    public = options["creation_options"]["publicKey"]
    said = {"type": "webauthn.create", "challenge": public["challenge"], "origin": "http://testserver"}
    data = AttestedCredentialData.create(
        b"\0" * 16, credential_id, ES256.from_cryptography_key(key.public_key())
    )
    rp = hashlib.sha256(public["rp"]["id"].encode()).digest()
    attested = AttestationObject.create(
        "none", AuthenticatorData.create(rp, _PRESENT_VERIFIED_ATTESTED, 0, data), {}
    )
    credential = {
        "id": _b64(credential_id), "rawId": _b64(credential_id), "type": "public-key", "clientExtensionResults": {},
        "response": {"clientDataJSON": _b64(json.dumps(said).encode()), "attestationObject": _b64(bytes(attested))},
    }  # fmt: skip
    return browser.post(_ADD, {"name": "Key", "credential": json.dumps(credential)})


@pytest.fixture(autouse=True)
def afresh(settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    cache.clear()


@pytest.mark.parametrize("same", ["credential", "key pair"])
def test_a_passkey_of_another_account_is_refused_and_the_try_is_kept(control_room, counsellor, same):
    key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    assert _set_up(control_room, key, b"k" * 32).status_code == 302
    again = (other, b"k" * 32) if same == "credential" else (key, b"another id".ljust(32))
    refused = _set_up(counsellor, *again)
    assert refused.status_code == 200
    assert "opens another account already" in refused.content.decode()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    tried = Event.objects.get(name="accounts.second_step_refused")
    assert tried.facts["holder"] == str(Authenticator.objects.get(type="webauthn").user_id)
    assert str(tried.subject_id) != tried.facts["holder"]
    assert _set_up(counsellor, other, b"o" * 32).status_code == 302, "one of their own is taken"
