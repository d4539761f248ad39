"""What is made once before haetae runs: keys and the folder of static files."""

from pathlib import Path


def make_missing_keys(home: Path) -> None:
    """Make every key that is not there yet, with mode 0600."""
    from haetae.common.keys import KeyRing  # noqa: PLC0415 - cryptography is slow to load

    keys = KeyRing(folder=home / "keys", may_create=True)
    assert keys.django_secret
    assert keys.locator_key
    assert keys.log_key


def gather_static_files() -> int:
    """Copy stylesheets and scripts to where the web server finds them; returns how many there are. Needs Django."""
    from django.conf import settings  # noqa: PLC0415 - after setup
    from django.core.management import call_command  # noqa: PLC0415 - after setup

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    return sum(path.is_file() for path in Path(settings.STATIC_ROOT).rglob("*"))
