"""The key service: what it gives, what never leaves it, and what it does when somebody wants too much."""

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checked
from hypothesis import strategies as st

from haetae.common.case_keys import WrongKeyError, new_case_key
from haetae.common.keys import (
    KeyRing,
    KeysAwayError,
    KeysBusyError,
    MissingKeyError,
    ServedKeys,
    TooManyOpeningsError,
    make_missing_keys,
    wire,
)
from haetae.common.keys.answers import Answers
from haetae.common.keys.errors import AlreadyServedError
from haetae.common.keys.guards import Lane, Openings
from haetae.common.keys.kinds import OWN
from haetae.common.keys.service import KeyService, listening
from tests.serving import served

OPENINGS = 5


@pytest.fixture
def files(tmp_path: Path) -> KeyRing:
    make_missing_keys(tmp_path / "keys")
    return KeyRing(folder=tmp_path / "keys", may_create=False)


@pytest.fixture
def path(files: KeyRing, tmp_path: Path) -> Iterator[Path]:
    where = tmp_path / "run" / "socket"
    with served(tmp_path / "keys", where, openings_per_minute=OPENINGS):
        yield where


@pytest.fixture
def keys(path: Path) -> ServedKeys:
    return ServedKeys(path=path, patience_s=0.3)


def test_what_every_request_needs_is_given_as_the_files_have_it(files: KeyRing, keys: ServedKeys) -> None:
    assert keys.is_ready()
    for name in ("django_secret", "other_django_secrets", "locator_keys", "search_keys", "portal_keys"):
        assert getattr(keys, name) == getattr(files, name), name
    assert keys.custodian_public == files.custodian_public


def test_the_rest_is_done_and_not_given(files: KeyRing, keys: ServedKeys) -> None:
    bits = bytes(range(10))
    assert (
        keys.stretch_receipt(bits) == keys.stretch_receipt(bits, is_guess=True) == files.stretch_receipt(bits)
    )
    for name in ("log_key", "proof_key", "operators_key"):
        served_key, own = getattr(keys, name), getattr(files, name)
        assert served_key.public_key() == own.public_key()
        own.public_key().verify(served_key.sign(b"a head"), b"a head")
    case_id, case_key = uuid4(), new_case_key()
    sealed = keys.seal_case_key(case_key, case_id=case_id)
    assert (
        keys.open_case_key(sealed, case_id=case_id)
        == files.open_case_key(sealed, case_id=case_id)
        == case_key
    )
    with pytest.raises(WrongKeyError):
        keys.open_case_key(sealed, case_id=uuid4())


def test_no_answer_holds_a_key_that_never_leaves(files: KeyRing, path: Path) -> None:
    """Everything that can be asked is asked; none of the five kept keys is in any answer."""
    never_given = ("receipt-pepper", "custodian", "event-log", "receipt-proofs", "operator-messages")
    kept = {name: files.read(name) for name in never_given}
    kept["flow"] = files.read("flow")  # only what is derived from it is given
    fields = {"bits": "00" * 10, "data": "00", "case": str(uuid4()), "sealed": "00", "name": "custodian"}
    asks = list(Answers(files, openings_per_minute=1)._known)
    given = "".join(str(ask(path, {"ask": name, **fields})) for name in asks)
    assert len(asks) >= 13
    assert not [name for name, key in kept.items() if key.hex() in given]


def ask(path: Path, question: dict[str, str]) -> dict[str, str]:
    with wire.address_of(path) as address, socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        wire.send(connection, question)
        return wire.receive(connection)


@pytest.mark.parametrize("name", [*sorted(OWN), "../flow", ".hidden", "", "a/b", "UPPER", "x" * 200])
def test_our_own_keys_are_not_to_be_had_by_name(keys: ServedKeys, name: str) -> None:
    for wanted in (lambda: keys.read(name), lambda: keys.store(name, b"new"), lambda: keys.remove(name)):
        with pytest.raises(ValueError, match="does not know this question"):
            wanted()


def test_secrets_from_outside_are_kept_read_and_forgotten(files: KeyRing, keys: ServedKeys) -> None:
    with pytest.raises(MissingKeyError):
        keys.read("operator-abroad")
    keys.store("operator-abroad", b"a token")
    assert keys.read("operator-abroad") == files.read("operator-abroad") == b"a token"
    keys.remove("operator-abroad")
    with pytest.raises(MissingKeyError):
        keys.read("operator-abroad")


def test_who_opens_more_cases_than_anybody_reads_gets_none_for_a_minute(keys: ServedKeys) -> None:
    case_id, case_key = uuid4(), new_case_key()
    sealed = keys.seal_case_key(case_key, case_id=case_id)
    for _ in range(OPENINGS):
        assert keys.open_case_key(sealed, case_id=case_id) == case_key
    with pytest.raises(TooManyOpeningsError):
        keys.open_case_key(sealed, case_id=case_id)
    assert keys.locator_keys, "everything else goes on"


def test_openings_are_counted_for_each_process_and_for_all() -> None:
    now = [0.0]
    openings = Openings(per_minute=2, now_s=lambda: now[0])
    for process_id in (1, 2, 3, 4):
        openings.take(process_id)
        openings.take(process_id)
    for process_id in (1, 5):
        with pytest.raises(TooManyOpeningsError):
            openings.take(process_id)
    now[0] = 60.0
    openings.take(5)


def test_a_full_lane_says_so_at_once_and_the_other_one_goes_on() -> None:
    guesses, reports, inside, end = Lane(places=2), Lane(places=2), threading.Event(), threading.Event()

    def guess() -> None:
        with guesses.turn():
            inside.set()
            end.wait()

    threads = [threading.Thread(target=guess) for _ in range(2)]
    for thread in threads:
        thread.start()
    inside.wait()
    time.sleep(0.1)
    with pytest.raises(KeysBusyError), guesses.turn():
        pass
    with reports.turn():
        pass
    end.set()
    for thread in threads:
        thread.join()
    with guesses.turn():
        pass


def test_a_storm_of_guesses_is_told_that_it_is_busy_and_a_report_is_not(keys: ServedKeys) -> None:
    storm = 60

    def guess(number: int) -> bool:
        try:
            keys.stretch_receipt(number.to_bytes(10), is_guess=True)
        except KeysBusyError:
            return False
        return True

    with ThreadPoolExecutor(storm) as threads:
        guessed = [threads.submit(guess, number) for number in range(storm)]
        reported = [keys.stretch_receipt(bytes(10)) for _ in range(3)]
        answered = [one.result() for one in guessed]
    assert len(reported) == 3
    assert not all(answered)
    assert any(answered)


def test_while_it_is_away_what_was_given_is_still_known_and_the_rest_says_so(
    files: KeyRing, tmp_path: Path
) -> None:
    path = tmp_path / "run" / "socket"
    keys = ServedKeys(path=path, patience_s=0.2)
    with served(tmp_path / "keys", path):
        assert keys.locator_keys == files.locator_keys
    assert keys.locator_keys == files.locator_keys
    with pytest.raises(KeysAwayError, match="haetae keys"):
        keys.stretch_receipt(bytes(10))
    with served(tmp_path / "keys", path):
        assert keys.stretch_receipt(bytes(10)) == files.stretch_receipt(bytes(10))


def test_whoever_asks_waits_for_one_that_is_being_started(files: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "run" / "socket"
    with ThreadPoolExecutor(1) as thread:
        asked = thread.submit(ServedKeys(path=path, patience_s=10).is_ready)
        time.sleep(0.2)
        with served(tmp_path / "keys", path):
            assert asked.result(timeout=10)


def test_a_stranger_gets_no_answer(files: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "run" / "socket"
    with (
        served(tmp_path / "keys", path, users=frozenset({os.geteuid() + 1})),
        pytest.raises(KeysAwayError),
    ):
        ServedKeys(path=path, patience_s=0.2).is_ready()


def test_the_socket_is_for_its_own_user_and_a_second_service_does_not_take_it(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(AlreadyServedError), listening(path, others_may_connect=False):
        pass
    assert ServedKeys(path=path).is_ready()


def test_a_home_may_lie_deeper_than_the_system_takes_addresses(files: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / ("deep" * 30) / "socket"
    with served(tmp_path / "keys", path):
        assert ServedKeys(path=path).is_ready()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\x00",
        struct.pack("!I", 1 << 31),
        struct.pack("!I", 20) + b"{",
        struct.pack("!I", 4) + b"nope",
        struct.pack("!I", 2) + b"[]",
        struct.pack("!I", 11) + b'{"ask": 11}',
        struct.pack("!I", 60_000) + b"[" * 60_000,
    ],
)
def test_what_is_no_question_ends_its_connection_and_nothing_else(path: Path, sent: bytes) -> None:
    with wire.address_of(path) as address, socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert ServedKeys(path=path).is_ready()


@checked(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["bits", "data", "case", "sealed", "name", "content"]), st.text(max_size=40)
    ),
    st.sampled_from(
        ["stretch_guess", "sign_log", "sign_operators", "open_case_key", "read", "store", "remove", "nothing"]
    ),
)
def test_whatever_is_asked_it_answers_in_its_own_words(path: Path, fields: dict[str, str], name: str) -> None:
    answer = ask(path, {"ask": name, **fields})
    assert set(answer) in ({"given"}, {"refused", "words"})
    assert answer.get("refused") != wire.Refusal.FAILED


class Slow:
    """Answers that wait until they may be given."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def answer(self, _question: wire.Message, *, asking: int) -> wire.Message:
        self.begun.set()
        self.may_end.wait()
        return {"given": ""}


def test_whoever_is_being_answered_when_it_stops_still_gets_the_answer(tmp_path: Path) -> None:
    path, answers = tmp_path / "run" / "socket", Slow()
    service = KeyService(answers, users=frozenset({os.geteuid()}))  # type: ignore[arg-type]
    with ThreadPoolExecutor(2) as threads, listening(path, others_may_connect=False) as listener:
        serving = threads.submit(service.serve, listener)
        asked = threads.submit(ServedKeys(path=path, patience_s=10).is_ready)
        answers.begun.wait()
        service.stop()
        answers.may_end.set()
        assert asked.result(timeout=10)
        serving.result(timeout=10)
