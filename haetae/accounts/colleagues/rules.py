"""Who may be given an account at an operator, and whose seat may end. Pure: it says why not, in a code."""

import re
from typing import Final

from haetae.accounts.permissions import Role

NAME_LONGEST: Final = 40
_NAME: Final = re.compile(rf"[a-z0-9][a-z0-9._-]{{1,{NAME_LONGEST - 1}}}", re.ASCII)


def why_not_name(name: str) -> str | None:
    """What an administrator types; the operator's host is put behind it."""
    return None if _NAME.fullmatch(name) else "colleague_name"


def why_not_today(role: Role, *, ended_today: frozenset[Role]) -> str | None:
    """A seat has a last day, not a last hour: whoever comes back on it would hold the old role beside the new one."""
    return "left_today" if ended_today - {role} else None


def why_not_end(*, is_administrator: bool, other_administrators: int) -> str | None:
    """Somebody has to be left who can let others in."""
    return "last_administrator" if is_administrator and not other_administrators else None
