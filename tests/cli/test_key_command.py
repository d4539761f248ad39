"""A key opens one thing, and whoever asks for one says which."""

import pytest
from typer.testing import CliRunner

from haetae.cli import app


@pytest.mark.parametrize("wanted", [[], ["--scan", "--operate"]])
def test_a_key_for_nothing_or_for_two_things_is_refused(wanted: list[str]) -> None:
    refused = CliRunner().invoke(app, ["key", "board", *wanted])
    assert refused.exit_code == 2
    assert "--scan or --operate" in refused.output
