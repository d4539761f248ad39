"""A key is changed in its folder: announced, used, retired. Each step interrupted, repeated, and read by others."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from haetae.common.case_keys import WrongKeyError, new_case_key
from haetae.common.keys import KeyRing, MissingKeyError, ServedKeys, make_missing_keys, rotation, served
from haetae.common.keys.generations import GENERATIONS
from haetae.common.keys.kinds import KINDS, OWN
from haetae.common.keys.marks import mark_of, read_mark
from haetae.common.keys.rotation import ANNOUNCED_FOR, CannotChangeKeyError, announce, retire, use
from tests.serving import served as key_service

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
LATER = NOW + timedelta(days=500)
BITS = bytes(range(10))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_missing_keys(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def keys(folder: Path) -> KeyRing:
    return KeyRing(folder=folder, may_create=False, receipt_cost=2**4)


def changed(folder: Path, name: str) -> None:
    announce(folder, name, at=NOW)
    use(folder, name, at=NOW + ANNOUNCED_FOR)


@pytest.mark.parametrize("name", sorted(OWN))
def test_every_key_can_be_changed_and_the_former_one_ends(folder: Path, keys: KeyRing, name: str) -> None:
    former = (folder / name).read_bytes()
    changed(folder, name)
    assert [one.number for one in keys.generations(name).live] == [1, 2]
    assert keys.generations(name).current.number == 2
    (moved,) = retire(folder, name, at=LATER)
    assert moved.read_bytes() == former
    assert moved.stat().st_mode & 0o777 == 0o600
    assert not (folder / name).exists()
    assert [one.number for one in keys.generations(name).live] == [2]
    make_missing_keys(folder)
    assert not (folder / name).exists(), "a key that was retired is not made anew"
    changed(folder, name)
    assert keys.generations(name).current.number == 3, "and it can be changed again"
    retire(folder, name, at=LATER)


def test_a_former_key_does_not_go_before_its_time(folder: Path) -> None:
    for name in sorted(OWN):
        changed(folder, name)
        lasts = KINDS[name].lasts
        if lasts:
            with pytest.raises(CannotChangeKeyError, match="may still be needed until"):
                retire(folder, name, at=NOW + ANNOUNCED_FOR + lasts - timedelta(seconds=1))
            assert (folder / name).exists()
        retire(folder, name, at=NOW + ANNOUNCED_FOR + lasts)
        assert not (folder / name).exists()


def test_the_refusal_says_what_is_lost_and_force_is_only_where_something_can_be_said(folder: Path) -> None:
    changed(folder, "receipt-pepper")
    with pytest.raises(CannotChangeKeyError, match="need new words from a counsellor"):
        retire(folder, "receipt-pepper", at=NOW + timedelta(hours=1))
    assert retire(folder, "receipt-pepper", at=NOW + timedelta(hours=1), is_forced=True)


def test_what_is_announced_reads_and_does_not_write_yet(folder: Path, keys: KeyRing) -> None:
    for name in ("flow", "portal", "custodian", "django-secret", "receipt-pepper"):
        announce(folder, name, at=NOW)
    assert keys.locator_keys.newest == 1
    assert set(keys.locator_keys.keys) == {1, 2}
    assert list(keys.search_keys.live) == [1, 2]
    assert len(keys.other_django_secrets) == 1
    assert keys.custodian_number == 1
    assert [one.generation for one in keys.stretch_receipt(BITS).every.values()] == [1, 2]
    with pytest.raises(CannotChangeKeyError, match="not known to everybody yet"):
        use(folder, "flow", at=NOW + ANNOUNCED_FOR - timedelta(seconds=1))


def test_no_third_key_while_a_former_one_is_needed(folder: Path) -> None:
    changed(folder, "flow")
    with pytest.raises(CannotChangeKeyError, match="haetae keys retire flow"):
        announce(folder, "flow", at=NOW)


@pytest.mark.parametrize(
    "broken", ["write_generations", "write_new", "sync_folder", "_leave", "_moved", "give_to_owner"]
)
@pytest.mark.parametrize("after", [0, 1])
def test_interrupted_anywhere_it_is_gone_on_with(
    folder: Path, keys: KeyRing, monkeypatch: pytest.MonkeyPatch, broken: str, after: int
) -> None:
    """Each step is cut off at the first or second call of one of its parts, and then done again as if nothing was."""
    sealed = keys.seal_case_key(case_key := new_case_key(), case_id=(case_id := uuid4()))
    before = (folder / "event-log").read_bytes()

    def step(do: object) -> None:
        left = [after]
        whole = getattr(rotation, broken)

        def part(*arguments: object, **named: object) -> object:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            return whole(*arguments, **named)

        with monkeypatch.context() as patched:
            patched.setattr(rotation, broken, part)
            with suppress(KeyboardInterrupt):
                do()  # type: ignore[operator]
        assert KeyRing(folder=folder, may_create=False).open_case_key(sealed, case_id=case_id) == case_key
        with suppress(CannotChangeKeyError):  # it was done before it was cut off
            do()  # type: ignore[operator]

    for name in ("event-log", "flow"):
        step(lambda name=name: announce(folder, name, at=NOW))
        step(lambda name=name: use(folder, name, at=NOW + ANNOUNCED_FOR))
        step(lambda name=name: retire(folder, name, at=LATER))
        assert [one.number for one in keys.generations(name).all] == [1, 2]
        assert keys.generations(name).current.number == 2
        assert not (folder / name).exists()
    assert (folder / "retired" / "event-log.1").read_bytes() == before
    assert keys.public_keys("event-log")[1].public_bytes_raw() == (folder / "event-log.1.public").read_bytes()


def test_a_case_key_is_sealed_again_without_anybody_seeing_it(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "run" / "socket"
    with key_service(folder, path, openings_per_minute=3):
        keys = ServedKeys(path=path)
        case_id, case_key = uuid4(), new_case_key()
        old = keys.seal_case_key(case_key, case_id=case_id)
        changed(folder, "custodian")
        for _ in range(5):  # more than may be opened in a minute: nothing is opened to anybody
            again = keys.reseal_case_key(old, case_id=case_id)
        assert read_mark(again)[0] == 2
        assert case_key not in again
        retire(folder, "custodian", at=LATER)
        assert keys.open_case_key(again, case_id=case_id) == case_key
        with pytest.raises(WrongKeyError):
            keys.open_case_key(old, case_id=case_id)
        with pytest.raises(WrongKeyError):
            keys.reseal_case_key(again, case_id=uuid4())


def test_whoever_runs_learns_of_a_newer_key_within_a_second_and_at_once_where_it_asks(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now = tmp_path / "run" / "socket", [100.0]
    with key_service(folder, path):
        keys = ServedKeys(path=path)
        monkeypatch.setattr(served.time, "monotonic", lambda: now[0])
        assert set(keys.locator_keys.keys) == {1}
        announce(folder, "flow", at=NOW)
        assert set(keys.locator_keys.keys) == {1}
        now[0] += 1.1
        assert set(keys.locator_keys.keys) == {1, 2}
        use(folder, "flow", at=NOW + ANNOUNCED_FOR)
        keys.learn()
        assert keys.locator_keys.newest == 2


def test_while_the_service_is_away_nothing_is_sealed_for_ever_with_what_may_be_a_former_key(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from haetae.common.keys import KeysAwayError

    path, now = tmp_path / "run" / "socket", [100.0]
    with key_service(folder, path):
        keys = ServedKeys(path=path, patience_s=0)
        known = keys.locator_keys

    def passing() -> float:
        now[0] += 0.001
        return now[0]

    monkeypatch.setattr(served.time, "monotonic", passing)
    keys._given_at_s = keys._asked_at_s = now[0]
    now[0] += 599
    assert keys.locator_keys == known
    now[0] += 2
    with pytest.raises(KeysAwayError):
        _ = keys.locator_keys


def test_operators_get_both_signatures_and_find_both_keys(folder: Path, tmp_path: Path) -> None:
    from haetae.common import webhooks

    path = tmp_path / "run" / "socket"
    with key_service(folder, path):
        keys = ServedKeys(path=path)
        known = webhooks.public_text(keys.operators_key.public_key())
        changed(folder, "operator-messages")
        published = [webhooks.public_text(key) for key in keys.public_keys("operator-messages")]
        assert published[1:] == [known]
        signers = (keys.operators_key, *keys.former_operators_keys)
        headers = webhooks.headers_for(message_id="a", at=NOW, body=b"{}", secrets=[], signers=signers)
        message = webhooks.read(headers, body=b"{}")
        for one in published:
            assert webhooks.is_signed(message, public_keys=[one]), "either key alone is enough"
        retire(folder, "operator-messages", at=LATER)
        assert keys.former_operators_keys == []
        assert [webhooks.public_text(key) for key in keys.public_keys("operator-messages")] == published


def test_digests_go_on_under_a_newer_key_without_their_text(folder: Path, keys: KeyRing, settings) -> None:
    from haetae.common import sealed

    settings.KEYS = keys
    old = sealed.search_digest("https://board.example/a.png")
    changed(folder, "flow")
    forms = sealed.search_digests("https://board.example/a.png")
    assert forms[0].startswith("2.")
    assert forms[1] == old
    assert max(map(len, forms)) <= 64
    assert sealed.renewed_digest(old) == forms[0] == sealed.renewed_digest(forms[0])
    assert sealed.forms_of_digest(old) == forms
    text = sealed.seal("a place")
    assert text.startswith(mark_of(2))
    retire(folder, "flow", at=LATER)
    assert sealed.search_digests("https://board.example/a.png") == forms[:1]
    assert sealed.unseal(text) == "a place"
    changed(folder, "flow")
    assert sealed.search_digests("https://board.example/a.png")[1] == forms[0]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"keys": {"flow": []}}',
        '{"keys": {"flow": [{"number": 2}]}}',
        '{"keys": {"flow": [{"number": 1, "made_at": 0, "used_from": 0, "retired_at": "2026-11-27T00:00+00:00"}]}}',
    ],
)
def test_a_spoilt_word_about_generations_is_said_and_nothing_is_made_up(
    folder: Path, keys: KeyRing, content: str
) -> None:
    (folder / GENERATIONS).write_text(content)
    with pytest.raises(MissingKeyError, match="bring it back"):
        _ = keys.locator_keys


def test_a_lost_word_about_generations_is_said(folder: Path, keys: KeyRing) -> None:
    changed(folder, "flow")
    assert "flow" in json.loads((folder / GENERATIONS).read_text())["keys"]
    (folder / GENERATIONS).unlink()
    with pytest.raises(MissingKeyError, match=r"flow\.2 is there"):
        _ = keys.locator_keys
