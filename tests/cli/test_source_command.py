"""`haetae exchange source` and `pull`: how a foreign list is made known, fetched, looked at and left."""

import json
import stat
from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner

from haetae.accounts.models import Partner
from haetae.cli import app
from haetae.cli import source as command
from haetae.hashbank.models import KnownPicture, Source
from haetae.running import sources
from tests.hashbank.foreign import foreign, page, record  # noqa: F401 - a fixture
from tests.hashbank.partners import partner_named

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted(foreign, tmp_path: Path):  # noqa: F811
    (tmp_path / "secret").write_text("function key\nsubscription-key\n".replace(" ", "-"))

    def make(**other) -> sources.Wanted:
        told = {
            "name": "abroad",
            "wire": "stopncii",
            "base": foreign.base + "/v1/",
            "secret_file": tmp_path / "secret",
        }
        return sources.Wanted(**(told | other))

    return make


def silent(_) -> None:
    """Nobody watches."""


def test_a_source_is_added_fetched_listed_and_removed_with_its_secret(foreign, wanted):  # noqa: F811
    sources.add(wanted())
    kept = Path(settings.KEYS.folder) / "source-abroad"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Partner.objects.get().name == "abroad"
    foreign.answer = lambda _: page(record(1), {}, record(2, signalType="URL"))
    done = sources.pull("abroad", tell=silent)
    assert (done["added"], done["set_aside"], done["not_held"], done["failure"]) == (1, 1, 1, None)
    assert foreign.asked[0].path == "/v1/FetchHashes"
    assert foreign.asked[0].headers["x-functions-key"] == "function-key"
    assert foreign.asked[0].headers["ocp-apim-subscription-key"] == "subscription-key"
    foreign.answer = lambda _: page(next_s=-1)
    done = sources.pull("abroad", tell=silent)
    assert done["failure"]["code"] == "not_a_page"
    (one,) = sources.listed()
    json.dumps(one)
    assert one["counts"]["added"] == 1
    assert one["failing"]["words"].startswith("nextSetTimestamp: ")
    assert one["failing"]["tries"] == 1
    assert sources.remove("abroad") == "abroad"
    assert not kept.exists()
    assert KnownPicture.objects.get().withdrawn_at is None, "what it brought stays"


def test_two_sources_of_one_partner_fill_two_lists_and_what_it_submits_stands_on_a_third(wanted):
    from haetae.hashbank.exchange.queries import own_list

    partner = partner_named("hotline")
    for name in ("first", "second"):
        sources.add(wanted(name=name, partner="hotline"))
    assert [row.fills.name for row in Source.objects.order_by("name")] == ["first", "second"]
    assert {row.partner for row in Source.objects.all()} == {partner}
    assert own_list(partner) is None


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"name": "a b"}, "name: 1 to 56"),
        ({"base": "http://board.example/v1"}, "base: https is needed"),
        ({"base": "https://user@board.example/v1"}, "base: "),
        ({"base": "ftp://board.example/v1"}, "base: "),
        ({"base": "https://board.example/v1?x=1"}, "base: at most 255 characters without"),
        ({"base": "nothing"}, "base: "),
        ({"wire": "ncmec"}, "secret-file: One line is needed: user:password."),
        ({"secret_file": Path("/nowhere/secret")}, "secret-file: "),
    ],
)
def test_what_cannot_be_a_source_is_refused_by_its_field_and_leaves_nothing(wanted, other, words):
    with pytest.raises(sources.CannotDoError, match=words):
        sources.add(wanted(**other))
    assert not Source.objects.exists()
    assert not Partner.objects.exists()


def test_a_source_that_is_not_there_is_refused_with_the_way_out():
    for ask in (sources.remove, lambda name: sources.pull(name, tell=silent)):
        with pytest.raises(sources.CannotDoError, match="haetae exchange source add"):
            ask("nobody")


def test_whoever_fetches_a_source_that_is_removed_meanwhile_is_told_so(foreign, wanted):  # noqa: F811
    sources.add(wanted())
    foreign.answer = lambda _: page(record(1))

    def removes(_) -> None:
        sources.remove("abroad")

    with pytest.raises(sources.CannotDoError, match="there is no source abroad"):
        sources.pull("abroad", tell=removes)


def test_what_is_missing_or_unknown_is_said_before_anything_starts():
    for arguments in (
        ["add", "x"],
        ["add", "x", "--wire", "fax", "--base", "b", "--secret-file", "s"],
        ["remove"],
    ):
        assert CliRunner().invoke(app, ["exchange", "source", *arguments]).exit_code == 2


def test_a_long_fetch_says_every_two_seconds_how_far_it_is(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(command.time, "monotonic", lambda: now[0])
    tell = command._Progress()
    for second in (1.0, 1.9, 2.0, 3.0, 4.5):
        now[0] = second
        tell({"added": int(second * 10)})
    told = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in told] == ["... 20 added", "... 45 added"]
