"""The database of the tests: the embedded server, in a folder that is thrown away; the role of the application."""

import atexit
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_OWN_FOLDER = tempfile.TemporaryDirectory(prefix="haetae-tests-")
atexit.register(_OWN_FOLDER.cleanup)


def pytest_configure(config: pytest.Config) -> None:
    """One server for all test processes: the first process starts it, the others get its address."""
    from django.conf import settings

    from tests import tables

    if not os.environ.get("DATABASE_URL"):
        _start_server(config)
    # Each process has a database of its own: a copy, which is then migrated like any other and found up to date.
    if template := os.environ.get(tables.TELLS_TEMPLATE):
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template


def _start_server(config: pytest.Config) -> None:
    from django.conf import settings

    from haetae.common import embedded_postgres
    from haetae.settings.database import database_from_url
    from tests import tables

    folder = Path(_OWN_FOLDER.name) / "postgres"
    tables.lay(folder)
    with (folder / "postgresql.conf").open("a") as settled:
        settled.write("\nfsync = off  # nothing of it outlives the run\n")
    server = embedded_postgres.start(folder, application_role="haetae_app")
    tables.offer(server)
    os.environ["DATABASE_URL"] = server.url(database="haetae", role=embedded_postgres.OWNER_ROLE)
    # The settings of this process were read before there was an address; those of the others will find it.
    settings.DATABASES["default"].update(database_from_url(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": 0})
    config.add_cleanup(server.stop)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """After the owner made the tables, every test works with the rights of the application, as in real life."""
    from django.conf import settings
    from django.db import connection

    from haetae.common.database import grant_application_role

    with django_db_blocker.unblock():
        grant_application_role(settings.APPLICATION_ROLE)
        connection.close()
        connection.settings_dict["OPTIONS"] = {"options": f"-c role={settings.APPLICATION_ROLE}"}
        yield
        connection.close()
        connection.settings_dict["OPTIONS"] = {}


@pytest.fixture
def role_of_the_application(django_db_setup: None) -> Iterator[None]:
    """Given back last: see `several_at_once`."""
    from django.conf import settings
    from django.db import connection

    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = {"options": f"-c role={settings.APPLICATION_ROLE}"}


@pytest.fixture
def several_at_once(role_of_the_application: None, transactional_db: None) -> Iterator[None]:
    """For tests in which several connections write: everything is committed, and the owner empties the tables.

    Those of the queue too, which Django does not know: a job that is left names an event that is gone.
    """
    from django.db import connection

    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = {}
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(autouse=True)
def in_the_language_of_the_house() -> None:
    """A page that was asked for in another language leaves it behind for whoever is tested next in this process."""
    from django.utils import translation

    translation.deactivate()
