"""One machine, one command: what `make run` uses. Keys are made on first use."""

from haetae.settings.agency import agency_of
from haetae.settings.base import *  # noqa: F403 - settings modules are layered so
from haetae.settings.base import ENVIRONMENT
from haetae.settings.database import database_from_url
from haetae.settings.keyring import keys_of

KEYS = keys_of(ENVIRONMENT, may_create=True)
SECRET_KEY, SECRET_KEY_FALLBACKS = KEYS.django_secret, list(KEYS.other_django_secrets)
AGENCY = agency_of(ENVIRONMENT, demonstration=True)
# The command line starts the embedded server and fills this in before Django is set up.
DATABASES = {"default": database_from_url(ENVIRONMENT.DATABASE_URL or "postgresql://nobody@/not-started-yet")}
