"""`haetae operator`: what is declared about a platform that asks, and how its token is handed over."""

import re
import stat
from pathlib import Path

import pytest
import typer
from django.conf import settings

from haetae.accounts.models import BlockDelegation, Operator, WhenWeAreDown
from haetae.accounts.queries import operator_with_token
from haetae.cli.operator import _said
from haetae.running import demonstration, registration

pytestmark = pytest.mark.django_db


def registered() -> Operator:
    return registration.register(
        name="Board", origin="https://board.example", connector="sandbox", token_file=None, watch_every_s=None
    )


def test_what_is_said_of_an_operator_is_kept_until_it_is_said_anew() -> None:
    where = {"name": "Board", "origin": "https://board.example", "connector": "sandbox"}
    rest = {"token_file": None, "watch_every_s": None}
    registration.register(**where, **rest, standing={"kind": "host", "zone": "Europe/Berlin"})
    again = registration.register(**where, **rest, standing={"mailbox": "desk@board.example"})
    assert (again.kind, again.zone, again.mailbox) == ("host", "Europe/Berlin", "desk@board.example")
    assert registration.register(**where, **rest).mailbox == "desk@board.example"
    assert not again.public_only, "what an administrator registers may lie inside"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("jurisdiction", "xx"),
        ("zone", "Mars/Olympus"),
        ("language", "de"),
        ("mailbox", "a b"),
        ("endpoint", "ftp:"),
    ],
)
def test_what_nobody_could_use_is_refused_by_name(field: str, value: str) -> None:
    nothing = dict.fromkeys(("kind", "jurisdiction", "zone", "language", "endpoint", "mailbox"), "")
    with pytest.raises(typer.BadParameter) as refused:
        _said(**{**nothing, field: value})
    assert refused.value.param_hint == f"--{field}"
    assert _said(**nothing) == {}


def test_the_token_goes_into_a_new_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "token"
    token = registration.let_it_ask(registered(), when_down=WhenWeAreDown.OPEN, token_file=file)
    assert file.read_text().strip() == token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    asking = operator_with_token(token)
    assert asking is not None
    assert asking.upload_check == "open"


def test_a_file_that_is_there_already_is_not_overwritten_and_the_old_token_still_holds(
    tmp_path: Path,
) -> None:
    file = tmp_path / "token"
    token = registration.let_it_ask(registered(), when_down=WhenWeAreDown.OPEN, token_file=file)
    with pytest.raises(FileExistsError):
        registration.let_it_ask(registered(), when_down=WhenWeAreDown.CLOSED, token_file=file)
    assert operator_with_token(token) == registered()


def test_a_second_agreement_needs_the_end_of_the_first() -> None:
    operator = registered()
    assert registration.let_us_block(operator, reference="A-17")
    assert not registration.let_us_block(operator, reference="B-2")
    assert registration.let_us_block_no_more(operator)
    assert not registration.let_us_block_no_more(operator)
    assert BlockDelegation.objects.get().reference == "A-17"


def test_a_demonstration_that_starts_again_keeps_its_token_with_the_keys() -> None:
    first = demonstration.register_sandbox(origin="http://127.0.0.1:4000")
    token = demonstration.upload_check_token(first)
    again = demonstration.register_sandbox(origin="http://127.0.0.1:5000")
    assert demonstration.upload_check_token(again) == token
    assert operator_with_token(token) == again
    assert (again.upload_check, BlockDelegation.objects.get().reference) == ("closed", "demo-1")
    kept = settings.HAETAE_HOME / "keys" / demonstration.UPLOAD_CHECK_SECRET
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_demonstration_in_a_new_database_with_old_keys_gets_a_new_token() -> None:
    settings.KEYS.store(demonstration.UPLOAD_CHECK_SECRET, b"of-another-database")
    token = demonstration.upload_check_token(registered())
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert settings.KEYS.read(demonstration.UPLOAD_CHECK_SECRET).decode() == token
