"""An authority of time stamps on loopback: `openssl ts` behind a real HTTP server, which can be told to misbehave."""

import hashlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from haetae.common import stamps

Misbehaviour = Literal[
    "", "other_digest", "other_nonce", "garbage", "slow", "down", "forged", "refusal", "page"
]
_CONFIGURATION = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_YEARS = timedelta(days=3650)


@dataclass(kw_only=True)
class Authority:
    """One authority: its root for `roots=`, its address while it is served, and what it does wrong."""

    folder: Path
    root: x509.Certificate
    url: str = ""
    misbehaves: Misbehaviour = ""
    asked: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def roots_file(self) -> Path:
        """The root as PEM, for HAETAE_TIMESTAMP_ROOTS and `openssl ts -verify -CAfile`."""
        return self.folder / "root.pem"

    def stamp(self, digest: bytes, *, nonce: int = 1) -> bytes:
        """An answer without HTTP."""
        return self.reply(stamps.request_for(digest, nonce=nonce))

    def reply(self, request: bytes) -> bytes:
        """What `openssl ts -reply` answers."""
        question = self.folder / f"{hashlib.sha256(request).hexdigest()}.tsq"
        question.write_bytes(request)
        command = [
            "openssl",
            "ts",
            "-reply",
            "-config",
            str(self.folder / "tsa.conf"),
            "-section",
            "authority",
        ]
        command += ["-queryfile", str(question), "-signer", str(self.folder / "signer.pem")]
        command += ["-inkey", str(self.folder / "key.pem")]
        return subprocess.run(command, check=True, capture_output=True).stdout


def make_authority(folder: Path, *, name: str = "Authority of the tests") -> Authority:
    """A root and a signer of its own, made here; needs the program openssl."""
    if shutil.which("openssl") is None:
        raise RuntimeError(
            "There is no openssl on this machine: install it (Debian: apt-get install openssl)."
        )
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certificate(name, root_key, issuer=name, by=root_key, is_root=True)
    signer = _certificate(f"{name}, time stamps", key, issuer=name, by=root_key, is_root=False)
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "tsa.conf").write_text(_CONFIGURATION.format(folder=folder))
    (folder / "serial").write_text("01")
    return Authority(folder=folder, root=root)


@contextmanager
def authority_at_work(folder: Path) -> Iterator[Authority]:
    """An authority that answers POST at its `url`."""
    authority = make_authority(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, kind, answer = _answer(authority, body)
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    authority.url = f"http://127.0.0.1:{server.server_address[1]}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield authority
    finally:
        authority.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(authority: Authority, body: bytes) -> tuple[int, str, bytes]:
    authority.asked.append(body)
    kind = "application/timestamp-reply"
    match authority.misbehaves:
        case "other_digest":
            return 200, kind, authority.stamp(hashlib.sha256(b"another document").digest())
        case "other_nonce":
            # An answer to an older question about the same digest.
            return 200, kind, authority.stamp(_digest_in(body), nonce=7)
        case "garbage":
            return 200, kind, b"\x30\x03\x02\x01\x00" + bytes(40)
        case "refusal":
            return 200, kind, authority.reply(b"this is no question")
        case "slow":
            authority.ended.wait(30)
        case "down":
            return 503, "text/plain", b"later"
        case "page":
            return 200, "text/html", b"<!doctype html><p>Please sign in."
        case "forged":
            whole = bytearray(authority.reply(body))
            whole[-5] ^= 1  # within the signature, which stands last
            return 200, kind, bytes(whole)
    return 200, kind, authority.reply(body)


def _digest_in(request: bytes) -> bytes:
    start = request.index(b"\x04\x20") + 2
    return request[start : start + 32]


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    *,
    issuer: str,
    by: ec.EllipticCurvePrivateKey,
    is_root: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )
    if not is_root:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(usage, critical=True)
    return made.sign(by, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
