"""What the law where a recipient is says of a request of ours; None where it says nothing that binds it."""

from datetime import datetime

from django.conf import settings

from haetae.accounts.models import Operator, OperatorKind
from haetae.law.countries import DutyName, NotInForceError, PackError, RemovalDuty, country_law


def duty_of(operator: Operator | None, *, at: datetime) -> RemovalDuty | None:
    """By the day on the recipient's own calendar. An order is the state's act, and no request of ours."""
    pack_id = operator.jurisdiction if operator else settings.JURISDICTION
    kind = operator.kind if operator else OperatorKind.PLATFORM.value
    try:
        law = country_law(pack_id)
        duty = law.removal_duty(at.astimezone(law.zone).date(), name=DutyName.REQUEST)
    except (PackError, NotInForceError):
        return None
    return duty if kind in duty.binds else None
