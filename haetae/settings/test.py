"""For the tests: keys in a folder that is thrown away, the database given by tests/conftest.py."""

import atexit
import tempfile
from pathlib import Path

from haetae.common.keys import KeyRing, Keys
from haetae.settings.agency import agency_of
from haetae.settings.base import *  # noqa: F403 - settings modules are layered so
from haetae.settings.base import ENVIRONMENT
from haetae.settings.database import database_from_url

_FOLDER = tempfile.TemporaryDirectory(prefix="haetae-test-")
atexit.register(_FOLDER.cleanup)
HAETAE_HOME = Path(_FOLDER.name)
EVIDENCE = HAETAE_HOME / "evidence"
# Cheap receipts: thousands are made. What one costs in real life is tried in tests/common/test_receipt_cost.py.
KEYS: Keys = KeyRing(folder=HAETAE_HOME / "keys", may_create=True, receipt_cost=2**4)
SECRET_KEY, SECRET_KEY_FALLBACKS = KEYS.django_secret, list(KEYS.other_django_secrets)
AGENCY = agency_of(ENVIRONMENT, demonstration=True)
DATABASES = {"default": database_from_url(ENVIRONMENT.DATABASE_URL or "postgresql://nobody@/not-started-yet")}
SECOND_STEP = "not_yet"  # what it guards is tried in tests/security/test_second_step.py
DATABASES["default"]["CONN_MAX_AGE"] = 0
COUNTED_EVERY_S = 0  # a test reads what it has just done
SESSION_IDLE_S = (
    12 * 3600
)  # stories let hours pass; what half an hour ends is tried in tests/security/test_sessions.py
