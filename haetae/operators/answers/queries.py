"""Everything that reads what came in from operators."""

from uuid import UUID

from haetae.operators.answers.models import Inbound
from haetae.operators.answers.rules import WORKED, Way


def was_taken(operator_id: UUID, way: Way, message_id: str) -> bool:
    """Whether a message of this number, by this door, has been taken."""
    earlier = Inbound.objects.filter(operator_id=operator_id, way=way, message_id=message_id)
    return earlier.filter(outcome__in=sorted(WORKED)).exists()
