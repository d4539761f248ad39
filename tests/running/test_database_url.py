"""An address of a database that cannot be used is refused in words that do not give its password away."""

import pytest

from haetae.running import installation
from haetae.running.installation import CannotStartError


@pytest.mark.parametrize(
    "address",
    ["postgres//haetae:opensesame@127.0.0.1/haetae", "postgresql://haetae:opensesame@127.0.0.1:1/haetae"],
)
def test_the_password_stays_out_of_the_words(monkeypatch, tmp_path, address):
    monkeypatch.setenv("HAETAE_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("DATABASE_OWNER_URL", address)
    with pytest.raises(CannotStartError, match="DATABASE_URL") as refused, installation.opened():
        pass
    assert "opensesame" not in str(refused.value)
