"""What must stand in no environment is read from files, as service managers and containers hand it over."""

import pytest
from pydantic import ValidationError

from haetae.running import installation
from haetae.running.errors import CannotStartError
from haetae.settings.environment import Environment

URL = "postgresql://haetae_app:a%40b@db.example:5432/haetae"


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("HAETAE_SECRETS", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "DATABASE_URL").write_text(f"{URL}\n")
    (tmp_path / "stranger").write_text("no variable of ours")
    return tmp_path


def test_a_file_named_like_a_variable_says_what_the_variable_would_say(secrets):
    assert Environment().DATABASE_URL == URL


def test_a_variable_that_is_set_wins(secrets, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://other@db.example/haetae")
    assert Environment().DATABASE_URL == "postgresql://other@db.example/haetae"


def test_a_folder_that_is_not_there_stops_the_start_by_name(secrets, monkeypatch):
    monkeypatch.setenv("HAETAE_SECRETS", str(secrets / "none"))
    with pytest.raises(ValidationError, match="HAETAE_SECRETS"):
        Environment()
    with pytest.raises(CannotStartError, match="HAETAE_SECRETS"):
        installation.environment()


def test_without_a_folder_nothing_is_read_from_files(monkeypatch):
    for empty in (None, ""):
        monkeypatch.delenv("HAETAE_SECRETS", raising=False)
        if empty is not None:
            monkeypatch.setenv("HAETAE_SECRETS", empty)
        assert Environment().HAETAE_SECRETS == ""
