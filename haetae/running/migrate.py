"""Run as the owner of the tables (DATABASE_URL): migrations, then the application's rights."""

import os
import sys
from typing import Final

import django

_HALF_WAY: Final = (
    "These tables are older than 0.1.0 and were not brought to its end. Run `haetae setup` of the last version before"
    " 0.1.0 once (commit 58e47ec9), then this one again. Nothing was changed."
)


def main() -> None:
    """Bring the tables up to date; safe to repeat. Ends with a sentence where they are between two versions."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    from haetae.common.database import grant_application_role  # noqa: PLC0415 - after setup
    from haetae.running.tables import are_half_way, build_less  # noqa: PLC0415 - after setup

    if are_half_way():
        sys.exit(_HALF_WAY)
    build_less()
    call_command("migrate", interactive=False, verbosity=0)
    grant_application_role(settings.APPLICATION_ROLE)


if __name__ == "__main__":
    main()
