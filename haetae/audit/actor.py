"""Who did it. Pure."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Actor:
    """`id` is an identifier or a code, never a name or an address."""

    kind: Literal["system", "public", "official", "operator", "partner"]
    id: str = ""


SYSTEM = Actor(kind="system")
PUBLIC = Actor(kind="public")
