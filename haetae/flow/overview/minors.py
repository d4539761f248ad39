"""Whether somebody's case says that a minor is shown: what the room of looks is handed, because it knows no case."""

from uuid import UUID

from haetae.agencies.support.queries import is_any_about_a_minor
from haetae.flow.tasks.queries import get_task


def case_says_minor(task_id: UUID) -> bool:
    """By the word of whoever reported the place that this task is about. Raises Task.DoesNotExist."""
    place = get_task(task_id).sighting_id
    return place is not None and is_any_about_a_minor(place)
