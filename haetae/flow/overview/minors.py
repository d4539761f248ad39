"""Whether whoever reported it says that a minor may be shown: the room of looks is handed that, and knows no case."""

from uuid import UUID

from haetae.agencies.support.queries import may_be_of_a_minor
from haetae.flow.tasks.queries import get_task


def said_to_be_a_minor(task_id: UUID) -> bool:
    """By the word of whoever reported the place that this task is about. Raises Task.DoesNotExist."""
    place = get_task(task_id).sighting_id
    return place is not None and may_be_of_a_minor(place)
