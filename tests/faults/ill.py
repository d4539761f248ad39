"""Operators that answer wrongly or not at all, and what docs/operators.md says becomes of a request to each."""

import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from tests.faults.platform import Asked, Platform, Reply, nobody_listens, running

_DAY_S: Final = 86_400.0
_FIRST_PAUSE_S: Final = 5.0
_CHANCE: Final = 0.2  # a pause may be so much shorter or longer


@dataclass(frozen=True, kw_only=True)
class Ill:
    """`code` is what the attempt ends with, and whether it `may_have_arrived`. `again_s`: how soon and how late it is
    tried again, in seconds; None: a person gets the task. `counts`: whether five of them open the breaker.
    """

    name: str
    reply: Reply | None
    code: str
    may_have_arrived: bool
    again_s: tuple[float, float] | None = (_FIRST_PAUSE_S * (1 - _CHANCE), _FIRST_PAUSE_S * (1 + _CHANCE))
    counts: bool = True
    by_message: bool = False
    over_tls: bool = False


def all_kinds(*, too_slow_s: float) -> tuple[Ill, ...]:
    """`too_slow_s` is longer than we wait for anybody."""
    garbage = Reply(fields=b'\x00{"answer": ' + b"\xff" * 40)
    return (
        Ill(name="500", reply=Reply(status=500), code="http_500", may_have_arrived=True),
        Ill(
            name="429, in two minutes",
            reply=_busy("120"),
            code="http_429",
            may_have_arrived=False,
            again_s=(120.0, 120.0 * (1 + _CHANCE)),
        ),
        Ill(
            name="429, in thirty years",
            reply=_busy(str(10**9)),
            code="http_429",
            may_have_arrived=False,
            again_s=(_DAY_S, _DAY_S * (1 + _CHANCE)),
        ),
        Ill(
            name="sends us elsewhere",
            reply=Reply(status=307, headers={"Location": "http://127.0.0.1:9/"}),
            code="http_307",
            may_have_arrived=False,
            counts=False,
        ),
        Ill(name="garbage", reply=garbage, code="nonsense", may_have_arrived=True),
        Ill(
            name="cannot prove who it is",
            reply=Reply(),
            code="network_tls",
            may_have_arrived=False,
            over_tls=True,
        ),
        Ill(name="too slow", reply=Reply(after_s=too_slow_s), code="network_timeout", may_have_arrived=True),
        Ill(
            name="hangs up",
            reply=Reply(status=500, lost=True),
            code="network_protocol",
            may_have_arrived=True,
        ),
        Ill(name="down", reply=None, code="network_connect", may_have_arrived=False),
        Ill(
            name="410, asked", reply=Reply(status=410), code="http_410", may_have_arrived=False, counts=False
        ),
        Ill(
            name="410, by message",
            reply=Reply(status=410),
            code="endpoint_gone",
            may_have_arrived=False,
            again_s=None,
            counts=False,
            by_message=True,
        ),
    )


def _busy(retry_after: str) -> Reply:
    return Reply(status=429, headers={"Retry-After": retry_after})


@contextmanager
def behaving(ill: Ill) -> Iterator[Platform]:
    """An operator that does this to whoever asks it."""
    if ill.reply is None:
        with nobody_listens() as platform:
            yield platform
        return
    reply = ill.reply
    answers: Callable[[Asked], Reply] = lambda _asked: reply  # noqa: E731 - a dataclass field by its name
    with running(Platform(answers=answers), tls=_unknown_to_all() if ill.over_tls else None) as platform:
        yield platform


def _unknown_to_all() -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "board.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "both.pem"
        file.write_bytes(pem)
        context.load_cert_chain(file)
    return context
