"""`haetae operator --kind ...` and `haetae operator-serves`: who stands before which place, said by an official."""

from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from haetae.accounts.models import Operator
from haetae.cli import app
from haetae.flow.remedies.models import Serves
from haetae.running import installation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands play on the test's own database."""

    @contextmanager
    def opened():
        yield None

    monkeypatch.setattr(installation, "opened", opened)
    monkeypatch.setattr(installation, "migrate_if_empty", lambda _here: None)
    monkeypatch.setattr(installation, "django_ready", lambda _here: None)


def do(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, " ".join(done.output.replace("│", " ").split())


HOST = ("operator", "Far Hosting", "https://hosting.example", "--connector", "xarf", "--kind", "host")


def test_a_host_is_registered_and_named_for_the_place_that_it_serves() -> None:
    code, said = do(*HOST, "--mailbox", "abuse@hosting.example", "--jurisdiction", "us", "--zone", "UTC")
    assert code == 0, said
    host = Operator.objects.get(name="Far Hosting")
    assert (host.kind, host.mailbox, host.jurisdiction) == ("host", "abuse@hosting.example", "us")
    assert do("operator-serves", "Far Hosting", "https://BOARD.example")[0] == 0
    assert do("operator-serves", "Far Hosting", "https://board.example")[0] == 0
    assert Serves.objects.get().origin == "https://board.example"
    do(*HOST[:5])
    host.refresh_from_db()
    assert (host.kind, host.mailbox) == ("host", "abuse@hosting.example"), "what is not said stays"
    code, said = do("operator-serves", "Far Hosting", "https://board.example", "--no-more")
    assert (code, "no more" in said) == (0, True)
    assert Serves.objects.get().until is not None
    assert "Nobody had said" in do("operator-serves", "Far Hosting", "https://board.example", "--no-more")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((*HOST, "--jurisdiction", "xx"), "xx is none"),
        (("operator-serves", "Nobody", "https://board.example"), "Nobody is registered as Nobody"),
        (("operator-serves", "Board", "https://other.example"), "A platform is asked as the operator"),
        (("operator-serves", "Finder", "no origin"), "ORIGIN"),
        (("operator-serves", "Host", ""), "name one"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(arguments: tuple[str, ...], words: str) -> None:
    for name, kind in (("Board", "platform"), ("Finder", "search"), ("Host", "host")):
        Operator.objects.create(name=name, connector="email", origin=f"https://{name}.example", kind=kind)
    code, said = do(*arguments)
    assert code == 2
    assert words in said
    assert not Serves.objects.exists()
