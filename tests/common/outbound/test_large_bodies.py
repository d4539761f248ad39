"""A body that is too large to be held is handed on piece by piece, and with TLS alone where that is asked for."""

import hashlib

import pytest

from haetae.common.outbound import Failure, Limits, NetworkFailure, RefusedByRule, fetch

from .network import plain, redirect, serving

BODY = bytes(range(256)) * 4_096


def test_the_pieces_of_a_body_make_the_whole_and_none_of_it_is_held():
    taken = bytearray()
    with serving(plain(BODY)) as server:
        said = fetch(server.url, allowed_origins=frozenset({server.origin}), into=taken.extend)
    assert (said.status, said.body) == (200, b"")
    assert hashlib.sha256(taken).digest() == hashlib.sha256(BODY).digest()


def test_the_page_of_an_error_is_no_piece_of_it():
    taken = bytearray()
    with serving(plain(b"no such thing", status="404 Not Found")) as server:
        said = fetch(server.url, allowed_origins=frozenset({server.origin}), into=taken.extend)
    assert (said.status, said.body, taken) == (404, b"no such thing", b"")


def test_the_limit_holds_for_pieces_too():
    taken = bytearray()
    limits = Limits(body_bytes=100_000)
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    with (
        serving(lambda connection, _: connection.sendall(head + BODY)) as server,
        pytest.raises(NetworkFailure) as failure,
    ):
        fetch(server.url, allowed_origins=frozenset({server.origin}), limits=limits, into=taken.extend)
    assert failure.value.code is Failure.TOO_LARGE
    assert len(taken) <= 100_000


def test_what_is_not_https_is_not_asked_for_where_https_alone_is_wanted():
    with pytest.raises(RefusedByRule) as refusal:
        fetch("http://93.184.215.14/", https_only=True)
    assert refusal.value.code == "scheme"


def test_a_registered_origin_may_be_without_tls_and_leads_to_nothing_else_without():
    with serving(redirect("http://93.184.215.14/")) as server:
        with pytest.raises(RefusedByRule) as refusal:
            fetch(server.url, allowed_origins=frozenset({server.origin}), https_only=True)
        assert len(server.requests) == 1
    assert refusal.value.code == "redirect_scheme"
