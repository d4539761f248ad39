"""One machine, one command: what `make run` uses. Keys are made on first use."""

from haetae.common.keys import KeyRing
from haetae.settings.base import *  # noqa: F403 - settings modules are layered so
from haetae.settings.base import ENVIRONMENT, HAETAE_HOME
from haetae.settings.database import database_from_url

KEYS = KeyRing(folder=HAETAE_HOME / "keys", may_create=True)
SECRET_KEY = KEYS.django_secret
# The command line starts the embedded server and fills this in before Django is set up.
DATABASES = {"default": database_from_url(ENVIRONMENT.DATABASE_URL or "postgresql://nobody@/not-started-yet")}
