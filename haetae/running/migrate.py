"""Run as the owner of the tables (DATABASE_URL): migrations, then the application's rights."""

import os

import django


def main() -> None:
    """Bring the tables up to date; safe to repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.dev")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    from haetae.common.database import grant_application_role  # noqa: PLC0415 - after setup
    from haetae.running.tables import build_less  # noqa: PLC0415 - after setup

    build_less()
    call_command("migrate", interactive=False, verbosity=0)
    grant_application_role(settings.APPLICATION_ROLE)


if __name__ == "__main__":
    main()
