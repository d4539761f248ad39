"""Whoever forges the log, wherever, is found: the short form of `python -m bench.mutations --runs 5000`."""

from pathlib import Path

import pytest

from bench.mutations import run
from tests.audit.logs import begun
from tests.stamping import make_authority

pytestmark = pytest.mark.django_db


def test_every_forgery_is_found_and_what_nobody_can_find_is_said(tmp_path: Path) -> None:
    log = begun(tmp_path, make_authority(tmp_path / "authority"))
    counted = run(log, runs=250, seed=90_000)
    assert counted.missed == []
    assert len(counted.made) > 20
    # Everything cut back at once, the files outside too: only who keeps heads elsewhere sees it.
    assert counted.without["cut back everywhere at once"]["found"] == 0
    kept = counted.without["the same, by whoever keeps the heads elsewhere"]
    assert kept["found"] == kept["made"]
