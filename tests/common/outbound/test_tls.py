import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from haetae.common.outbound import Failure, Limits, NetworkFailure, RefusedByRule, fetch

from .network import PUBLIC, Internet, plain, redirect, serving


def self_signed(folder: Path, *, name: str) -> Path:
    """A certificate with its key for `name`, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    return self_signed(tmp_path, name="good.example")


def at_the_server(pem: Path, *, names: list[str | None] | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    if names is not None:
        context.sni_callback = lambda _, name, __: names.append(name)  # type: ignore[assignment]
    return context


def trusting(pem: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(pem))


def internet_at(port: int) -> Internet:
    return Internet(names={"good.example": [PUBLIC], "other.example": [PUBLIC]}, ports={PUBLIC: port})


def test_the_name_of_the_address_is_announced_and_verified_although_we_connect_to_an_ip(pem: Path) -> None:
    names: list[str | None] = []
    with serving(plain(b"safe"), tls=at_the_server(pem, names=names)) as server:
        internet = internet_at(server.port)
        fetched = fetch(
            "https://good.example/", resolve=internet.resolve, dial=internet.dial, tls=trusting(pem)
        )
    assert fetched.body == b"safe"
    assert names == ["good.example"]
    assert internet.dialled == [(PUBLIC, 443)]


@pytest.mark.parametrize("url", ["https://other.example/", f"https://{PUBLIC}/"])
def test_a_certificate_for_another_name_gets_no_request(pem: Path, url: str) -> None:
    with serving(plain(), tls=at_the_server(pem)) as server:
        internet = internet_at(server.port)
        with pytest.raises(NetworkFailure, match=r"mismatch|not match|not valid for") as failure:
            fetch(url, resolve=internet.resolve, dial=internet.dial, tls=trusting(pem))
        assert server.requests == []
    assert (failure.value.code, failure.value.sent) == (Failure.TLS, False)


def test_a_certificate_that_nobody_vouches_for_gets_no_request(
    pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with serving(plain(), tls=at_the_server(pem)) as server:
        internet = internet_at(server.port)
        with pytest.raises(NetworkFailure, match="self-signed") as failure:
            fetch("https://good.example/", resolve=internet.resolve, dial=internet.dial)
        assert server.requests == []
    assert (failure.value.code, failure.value.sent) == (Failure.TLS, False)


def test_a_server_without_tls_is_a_failure_of_tls(pem: Path) -> None:
    with serving(plain()) as server:
        internet = internet_at(server.port)
        with pytest.raises(NetworkFailure) as failure:
            fetch("https://good.example/", resolve=internet.resolve, dial=internet.dial, tls=trusting(pem))
    assert (failure.value.code, failure.value.sent) == (Failure.TLS, False)


def test_a_handshake_that_never_ends_is_cut_off_by_the_total_time(pem: Path) -> None:
    with serving(lambda connection, _: time.sleep(3)) as server:
        internet, limits = internet_at(server.port), Limits(total_s=0.6)
        with pytest.raises(NetworkFailure) as failure:
            fetch(
                "https://good.example/",
                resolve=internet.resolve,
                dial=internet.dial,
                tls=trusting(pem),
                limits=limits,
            )
    assert (failure.value.code, failure.value.sent) == (Failure.TIMEOUT, False)


def test_https_does_not_follow_a_redirect_down_to_http(pem: Path) -> None:
    with serving(redirect("http://good.example/"), tls=at_the_server(pem)) as server:
        internet = internet_at(server.port)
        with pytest.raises(RefusedByRule) as refusal:
            fetch("https://good.example/", resolve=internet.resolve, dial=internet.dial, tls=trusting(pem))
    assert refusal.value.code == "redirect_downgrade"
