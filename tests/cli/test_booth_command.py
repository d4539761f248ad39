"""`haetae booth`: a folder from one command, and a clear sentence where there can be none."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from haetae.cli import app


def booth(*options: str):
    return CliRunner().invoke(app, ["booth", *options])


def test_one_command_writes_a_folder_and_says_how_to_open_and_check_it(tmp_path: Path):
    out = tmp_path / "deep" / "booth"
    told = booth("--out", str(out), "--on", "2026-11-26", "--portal", "https://portal.example")
    assert told.exit_code == 0, told.output
    assert "the law of 2026-11-26" in told.output
    assert f"cd {out} && sha256sum -c manifest-sha256.txt" in told.output
    assert (out / "index.html").is_file()
    assert (out / "portal.svg").is_file()


def test_the_installations_own_address_is_taken_and_where_there_is_none_it_says_so(
    tmp_path: Path, monkeypatch
):
    assert "so there is no QR code" in booth("--out", str(tmp_path / "without")).output
    monkeypatch.setenv("HAETAE_PUBLIC_ORIGIN", "https://portal.example")
    assert "QR code" not in booth("--out", str(tmp_path / "with")).output
    assert "https://portal.example" in (tmp_path / "with" / "index.html").read_text()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://portal.example", "it is not written with https://"),
        ("portal.example", "it is not written with https://"),
        ("https://", "it names no host"),
        ("https://somebody:secret@portal.example", "it carries a name or a password"),
        ("https://portal.example/\u202etxt", "signs that do not belong"),
        ("https://portal.example/" + "a" * 200, "longer than 200"),
        ("https://[portal", "it is no address"),
        ("https://portal.example:99999", "it is no address"),
    ],
)
def test_an_address_that_no_telephone_should_be_led_to_is_refused(tmp_path: Path, address: str, reason: str):
    told = booth("--out", str(tmp_path / "booth"), "--portal", address)
    assert told.exit_code == 2
    assert reason in told.output
    assert not (tmp_path / "booth").exists()


def test_the_same_machine_may_be_named_to_try_it(tmp_path: Path):
    assert booth("--out", str(tmp_path / "booth"), "--portal", "http://127.0.0.1:8700").exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--on", "yesterday"), "is no day of the calendar"),
        (("--on", "1990-01-01"), "not known for 1990-01-01"),
        (("--language", "fr"), "choose ko or en"),
        (("--reset-after", "5"), "5 seconds cannot be used; choose 30"),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_written(tmp_path: Path, options: tuple[str, ...], said: str):
    told = booth("--out", str(tmp_path / "booth"), *options)
    assert told.exit_code == 2
    assert said in " ".join(told.output.replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("mine")
    told = booth("--out", str(tmp_path))
    assert told.exit_code == 2
    assert "nothing there was touched" in told.output


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    told = booth("--out", str(tmp_path / "file" / "booth"))
    assert told.exit_code == 2
    assert "cannot be written: File exists. What was there is as it was." in told.output
