"""A key is changed where two machines have the key folder, each its own copy: what one seals the other reads."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from haetae.cli import app
from haetae.common.case_keys import new_case_key
from haetae.common.keys import KeyRing, MissingKeyError, make_missing_keys
from haetae.common.keys.generations import GENERATIONS
from haetae.common.keys.interface import Stretched
from haetae.common.keys.rotation import ANNOUNCED_FOR, announce, use
from haetae.common.sealed import seal, unseal

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


class Machine:
    """One that has its own copy of the key folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = KeyRing(folder=folder, may_create=False, receipt_cost=2**4)

    def takes_over(self, other: "Machine", *, names: list[str] | None = None) -> None:
        for path in sorted(other.folder.iterdir()) if names is None else [other.folder / n for n in names]:
            shutil.copy2(path, self.folder / path.name)


@pytest.fixture
def first(tmp_path: Path) -> Machine:
    make_missing_keys(tmp_path / "first")
    return Machine(tmp_path / "first")


@pytest.fixture
def second(first: Machine, tmp_path: Path) -> Machine:
    shutil.copytree(first.folder, tmp_path / "second")
    return Machine(tmp_path / "second")


def every_lookup(stretched: Stretched) -> set[str]:
    return {stretched.lookup, *(one.lookup for one in stretched.former)}


def understand_each_other(one: Machine, other: Machine, settings: object) -> None:
    for sealing, reading in ((one, other), (other, one)):
        settings.KEYS = sealing.keys  # type: ignore[attr-defined]
        sealed = seal("a place")
        case_key, case_id = new_case_key(), uuid4()
        of_case = sealing.keys.seal_case_key(case_key, case_id=case_id)
        stretched = sealing.keys.stretch_receipt(bytes(10))
        settings.KEYS = reading.keys  # type: ignore[attr-defined]
        assert unseal(sealed) == "a place"
        assert reading.keys.open_case_key(of_case, case_id=case_id) == case_key
        assert stretched.lookup in every_lookup(reading.keys.stretch_receipt(bytes(10)))


@pytest.mark.parametrize("name", ["flow", "custodian", "receipt-pepper"])
def test_what_one_machine_seals_the_other_reads_at_each_step_of_a_change(
    first: Machine, second: Machine, settings: object, name: str
) -> None:
    told = CliRunner().invoke(
        app, ["keys", "rotate", name, "--announce"], env={"HAETAE_KEYS": str(first.folder)}
    )
    assert told.exit_code == 0, told.output
    assert "Copy the key folder to every machine" in told.output
    understand_each_other(first, second, settings)

    second.takes_over(first)
    assert second.keys.generations(name).announced == first.keys.generations(name).announced
    understand_each_other(first, second, settings)

    announced = first.keys.generations(name).announced
    assert announced is not None
    assert announced.made_at is not None
    use(first.folder, name, at=announced.made_at + ANNOUNCED_FOR)
    understand_each_other(first, second, settings)

    second.takes_over(first, names=[GENERATIONS])
    assert second.keys.generations(name).current.number == 2
    understand_each_other(first, second, settings)


def test_the_word_comes_before_the_file_and_the_other_way_round_is_told(
    first: Machine, second: Machine, settings: object
) -> None:
    announce(first.folder, "flow", at=NOW)
    second.takes_over(first, names=[GENERATIONS])
    understand_each_other(first, second, settings)
    (second.folder / GENERATIONS).unlink()
    second.takes_over(first, names=["flow.2"])
    with pytest.raises(MissingKeyError, match=r"generations\.json is missing, and flow\.2 is there"):
        second.keys.generations("flow")
