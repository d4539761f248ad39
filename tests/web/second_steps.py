"""An authenticator app of our own (RFC 6238 over RFC 4226), so that what is tried is not what computes the codes."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.test import Client

_PERIOD_S = 30
_TYPED_WITHIN_S = 2


def code_of(secret: str, *, at_s: float | None = None) -> str:
    """The six digits that any authenticator app shows for this secret; never those that end before they are typed."""
    if at_s is None:
        left_s = _PERIOD_S - time.time() % _PERIOD_S
        time.sleep(left_s if left_s < _TYPED_WITHIN_S else 0)
        at_s = time.time()
    counter = struct.pack(">Q", int(at_s // _PERIOD_S))
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    begin = mac[-1] & 0xF
    return f"{(int.from_bytes(mac[begin : begin + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def set_up_codes(browser: Client, *, side: str = "console") -> str:
    """Reads the secret off the page, types the code in, and returns the secret."""
    page = browser.get(f"/{side}/sign-in/second/totp/activate/").content.decode()
    found = re.search(r'<b class="number">([A-Z2-7]+)</b>', page)
    assert found, page
    answer = browser.post(f"/{side}/sign-in/second/totp/activate/", {"code": code_of(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]
