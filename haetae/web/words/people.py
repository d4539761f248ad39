"""What roles and actors are called."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.accounts.permissions import Role

_ROLES: Final[Mapping[Role, str | Promise]] = {
    Role.COUNSELLOR: _("counsellor"),
    Role.CHILD_PROTECTION_COUNSELLOR: _("child protection counsellor"),
    Role.DETECTION_ANALYST: _("detection analyst"),
    Role.REVIEWER: _("reviewer"),
    Role.CHILD_PROTECTION_REVIEWER: _("child protection reviewer"),
    Role.COMMISSION_MEMBER: _("commission member"),
    Role.REGULATOR: _("regulator"),
    Role.POLICE_OFFICER: _("police officer"),
    Role.POLICE_APPROVER: _("head of investigation at the next higher police office"),
    Role.EVIDENCE_CUSTODIAN: _("evidence custodian"),
    Role.PROSECUTOR: _("prosecutor"),
    Role.JUDGE: _("judge"),
    Role.OVERSIGHT: _("oversight of the police"),
    Role.RECOVERY_OFFICER: _("official for the recovery of costs"),
    Role.AUDITOR: _("auditor"),
    Role.POLICY_LEAD: _("policy coordinator"),
    Role.EDUCATION_OFFICER: _("education officer of an institution"),
    Role.EDUCATION_SUPERVISOR: _("supervisor of education"),
    Role.AGENCY_ADMINISTRATOR: _("administrator of the agency"),
    Role.OPERATOR_MODERATOR: _("moderator at the operator"),
    Role.OPERATOR_ADMINISTRATOR: _("administrator at the operator"),
}
_ACTORS: Final[Mapping[str, str | Promise]] = {
    "system": _("the system"),
    "public": _("a reporter"),
    "official": _("an official"),
    "operator": _("the operator"),
}


def role_words(role: Role) -> str:
    return str(_ROLES[role])


def actor_words(kind: str) -> str:
    return str(_ACTORS.get(kind, kind))
