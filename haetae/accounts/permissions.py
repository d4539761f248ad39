"""Everything somebody can be allowed to do, as `thing:verb`, and which role may do it. Pure."""

from enum import StrEnum


class Permission(StrEnum):
    SIGHTING_READ = "sighting:read"


class Role(StrEnum):
    """A seat in an agency. Nobody holds a permission except through a role that is theirs on the day."""

    COUNSELLOR = "counsellor"
    DETECTION_ANALYST = "detection_analyst"
    REVIEWER = "reviewer"
    REGULATOR = "regulator"
    POLICE_OFFICER = "police_officer"
    AUDITOR = "auditor"


GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COUNSELLOR: frozenset({Permission.SIGHTING_READ}),
    Role.DETECTION_ANALYST: frozenset({Permission.SIGHTING_READ}),
    Role.REVIEWER: frozenset({Permission.SIGHTING_READ}),
    Role.REGULATOR: frozenset({Permission.SIGHTING_READ}),
    Role.POLICE_OFFICER: frozenset(),
    Role.AUDITOR: frozenset(),
}


def who_may(permission: Permission) -> list[Role]:
    """The roles that hold a permission, so that a refusal can say who could."""
    return [role for role, permissions in GRANTS.items() if permission in permissions]
