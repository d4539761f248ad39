"""Which authority stamps the time, if any."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from haetae.common.stamp_authority import StampAuthority
from haetae.settings.environment import Environment


def stamp_authority_of(told: Environment) -> StampAuthority | None:
    """None where none is named: then nothing is stamped, and that is said. Raises ImproperlyConfigured."""
    if bool(told.HAETAE_TIMESTAMP_URL) != bool(told.HAETAE_TIMESTAMP_ROOTS):
        raise ImproperlyConfigured(
            "HAETAE_TIMESTAMP_URL and HAETAE_TIMESTAMP_ROOTS belong together: an authority, and what it is checked by."
        )
    if not told.HAETAE_TIMESTAMP_URL:
        return None
    return StampAuthority(
        url=told.HAETAE_TIMESTAMP_URL, roots_file=Path(told.HAETAE_TIMESTAMP_ROOTS).resolve()
    )
