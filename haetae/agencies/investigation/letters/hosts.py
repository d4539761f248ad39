"""How a platform is named, so that everybody names the same one alike. Pure."""

import re
from typing import Final

# Nothing that could name a person or an operation fits in: it stands in a column and in figures.
_HOST: Final = re.compile(r"(?=.{4,120}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def is_host(name: str) -> bool:
    return _HOST.fullmatch(name) is not None
