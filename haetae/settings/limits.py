"""How often what may be asked for. One table; HAETAE_LIMITS changes single numbers of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.core.exceptions import ImproperlyConfigured

_TOLD: Final = re.compile(r"\s*([a-z_]+)\s*=\s*([0-9]{1,9}|none)\s*")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """`most` within `seconds`, all at once if need be; then they come back one by one."""

    most: int
    seconds: int

    @property
    def each_s(self) -> float:
        """After how long one is there again."""
        return self.seconds / self.most


_HOUR: Final = 3600
# docs/running.md says of each whom it holds for and what happens beyond it; a test compares the two.
DEFAULTS: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        "reports": Limit(most=36_000, seconds=_HOUR),
        "reports_of_source": Limit(most=300, seconds=_HOUR),
        "words_of_source": Limit(most=120, seconds=600),
        "statements": Limit(most=3_600, seconds=_HOUR),
        "statements_of_source": Limit(most=60, seconds=_HOUR),
        "documents_of_source": Limit(most=300, seconds=_HOUR),
        "appeals": Limit(most=6, seconds=60),
        "appeals_of_source": Limit(most=120, seconds=_HOUR),
        "joining_of_source": Limit(most=10, seconds=_HOUR),
        "sign_in": Limit(most=5, seconds=60),
        "sign_in_of_source": Limit(most=60, seconds=60),
        "uploads": Limit(most=6_000, seconds=60),
    }
)


def limits_of(told: str) -> Mapping[str, Limit]:
    """`name=number` with commas; `none` takes a limit away. Raises ImproperlyConfigured."""
    changed = dict(DEFAULTS)
    for part in told.split(",") if told.strip() else ():
        match = _TOLD.fullmatch(part)
        if match is None or match[1] not in DEFAULTS or match[2].strip("0") == "":
            raise ImproperlyConfigured(
                f"HAETAE_LIMITS does not know {part.strip()!r}: write name=number, or name=none, with one of"
                f" {', '.join(DEFAULTS)}."
            )
        if match[2] == "none":
            changed.pop(match[1], None)
        else:
            changed[match[1]] = Limit(most=int(match[2]), seconds=DEFAULTS[match[1]].seconds)
    return MappingProxyType(changed)
