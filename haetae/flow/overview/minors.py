"""Whether whoever reported it says that a minor may be shown: the room of looks is handed that, and knows no case."""

from uuid import UUID

from haetae.agencies.looks.models import Look
from haetae.agencies.support.queries import may_be_of_a_minor
from haetae.flow.assessment.queries import sightings_with_the_same_picture
from haetae.flow.review.queries import get_review
from haetae.flow.tasks.queries import get_task


def said_to_be_a_minor(task_id: UUID) -> bool:
    """By the word of whoever reported the picture that this task is about. Raises Task.DoesNotExist."""
    place = get_task(task_id).sighting_id
    return place is not None and said_of_the_picture_at(place)


def said_to_be_a_minor_in(review_id: UUID) -> bool:
    """The same of the picture about which a decision waits. Raises Review.DoesNotExist."""
    return said_of_the_picture_at(get_review(review_id).sighting_id)


def said_to_be_a_minor_at_look(look_id: UUID) -> bool:
    """The same at the moment at which somebody is shown it; of a look that there is not, nobody says anything."""
    look = Look.objects.filter(pk=look_id).only("sighting_id").first()
    return look is not None and said_of_the_picture_at(look.sighting_id)


def said_of_the_picture_at(sighting_id: UUID) -> bool:
    """Wherever it was reported: a child is not less protected at a place of which nobody has said so."""
    return may_be_of_a_minor(sightings_with_the_same_picture([sighting_id]))
