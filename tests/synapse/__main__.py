"""`python -m tests.synapse`: the whole story on a real Matrix homeserver, on loopback, in an installation of its own.

Ends with 1 where anything is not as told, also where Synapse is not there or does not start. Prints its figures.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from tests import tables
from tests.faults.say import say


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="haetae-synapse-", ignore_cleanup_errors=True) as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "HAETAE_HOME": str(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        }
        return _played(Path(folder))


def _played(folder: Path) -> int:
    from haetae.running import installation

    tables.lay(Path(os.environ["HAETAE_HOME"]) / "postgres")
    began_s = time.monotonic()
    with installation.opened() as here:
        installation.migrate(here)
        installation.django_ready(here)
        from django.db import connection

        from haetae.running.whole import everything
        from haetae.story.errors import StoryError
        from tests.synapse.homeserver import HomeserverError
        from tests.synapse.stage import begun
        from tests.synapse.story import tell

        try:
            with begun(folder) as beginning, everything(here, web_port=0, platform_port=0) as whole:
                figures = tell(beginning, whole)
        except (StoryError, HomeserverError) as problem:
            say(str(problem))
            return 1
        finally:
            connection.close()
    figures["all_s"] = time.monotonic() - began_s
    say(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
