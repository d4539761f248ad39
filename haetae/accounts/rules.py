"""Who may, and why not. Pure: the caller brings the roles that somebody holds today."""

from collections.abc import Iterable

from haetae.accounts.permissions import GRANTS, Permission, Role, who_may


def why_not(permission: Permission, *, roles: Iterable[Role]) -> str | None:
    """None when one of the roles grants it, otherwise the sentence that the person reads."""
    held = set(roles)
    if any(permission in GRANTS[role] for role in held):
        return None
    could = ", ".join(role.replace("_", " ") for role in who_may(permission))
    return f"{permission} is not part of your role. It belongs to: {could}."
