"""`haetae exchange`: how a partner is made known and gets its keys."""

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from haetae.accounts.models import ApiKey, KeyScope, Partner
from haetae.accounts.queries import key_of
from haetae.cli import app
from haetae.running import partners

pytestmark = pytest.mark.django_db


def test_a_partner_and_its_keys_each_opens_one_thing(tmp_path: Path) -> None:
    partners.add("hotline", takes_tier=3)
    reading = partners.give_key("hotline", writes=False, per_minute=60, file=None)
    writing = partners.give_key("hotline", writes=True, per_minute=9, file=tmp_path / "key")
    assert (tmp_path / "key").read_text().strip() == writing
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    found = key_of(reading, scope=KeyScope.LISTS_READ)
    assert found is not None
    assert found.partner is not None
    assert (found.partner.name, found.partner.takes_tier, found.per_minute) == ("hotline", 3, 60)
    assert key_of(writing, scope=KeyScope.LISTS_READ) is None
    assert partners.end_keys("hotline", writes=True) == 1
    assert key_of(writing, scope=KeyScope.LISTS_WRITE) is None
    assert key_of(reading, scope=KeyScope.LISTS_READ) is not None


def test_a_file_that_is_there_is_not_overwritten_and_no_key_is_made(tmp_path: Path) -> None:
    partners.add("hotline", takes_tier=2)
    (tmp_path / "key").write_text("something")
    with pytest.raises(partners.CannotDoError, match="out: "):
        partners.give_key("hotline", writes=False, per_minute=60, file=tmp_path / "key")
    assert not ApiKey.objects.exists()
    assert (tmp_path / "key").read_text() == "something"


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a" * 57])
def test_a_name_that_cannot_be_a_user_name_or_a_list_is_refused(name: str) -> None:
    with pytest.raises(partners.CannotDoError, match="name: 1 to 56"):
        partners.add(name, takes_tier=2)
    assert not Partner.objects.exists()


def test_a_key_for_nobody_is_refused_with_the_way_out() -> None:
    with pytest.raises(partners.CannotDoError, match="haetae exchange add-partner"):
        partners.give_key("nobody", writes=False, per_minute=60, file=None)


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--read", "--write"],
        ["--read", "--end", "--out", "key"],
        ["--read", "--per-minute", "99999999999"],
    ],
)
def test_what_contradicts_itself_or_makes_no_sense_is_refused_before_anything_starts(
    options: list[str],
) -> None:
    assert CliRunner().invoke(app, ["exchange", "key", "hotline", *options]).exit_code == 2
    scan = CliRunner().invoke(app, ["key", "hotline", "--scan", "--per-minute", "99999999999"])
    assert (scan.exit_code, "--per-minute" in scan.stderr) == (2, True)
