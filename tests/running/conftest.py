"""A database server of its own for tests that do not treat it well."""

from collections.abc import Iterator

import pytest

from haetae.common import embedded_postgres


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded_postgres.Server]:
    folder = tmp_path_factory.mktemp("kept") / "postgres"
    started = embedded_postgres.start(folder, application_role="haetae_app")
    yield started
    started.stop()
    assert not started.is_running()
