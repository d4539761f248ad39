"""Everything that reads looks, and what is to be known before one."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from haetae.agencies.looks.models import Look
from haetae.agencies.looks.rules import Said
from haetae.agencies.looks.states import COUNTED, Answer, State, Step
from haetae.common import clock
from haetae.detect.finding import SignalKind
from haetae.flow.assessment.models import Assessment
from haetae.flow.review.queries import decided_about_a_minor
from haetae.flow.tasks.models import Task
from haetae.hashbank.queries import is_any_about_minors
from haetae.law.facts import Looks
from haetae.law.packs import load_pack


def policy() -> Looks:
    """How many looks, and for how long each is good."""
    return load_pack(settings.JURISDICTION).looks


def get_look(look_id: UUID, *, official_id: UUID | None = None) -> Look:
    """With its place; of this official alone, where one is named. Raises Look.DoesNotExist."""
    looks = Look.objects.select_related("sighting__operator", "assessment", "task")
    mine = {} if official_id is None else {"official_id": official_id}
    return looks.get(pk=look_id, **mine)


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Look]:
    """Every look at these places, the oldest first."""
    return Look.objects.filter(sighting_id__in=list(sighting_ids)).order_by("begun_at")


def mine_about(task_id: UUID, *, official_id: UUID) -> QuerySet[Look]:
    """This official's looks for this task, the newest first."""
    return Look.objects.filter(task_id=task_id, official_id=official_id).order_by("-begun_at")


def left_today(official_id: UUID) -> int:
    """How many looks this official has left on this day: what may have been seen counts, and what may be any moment."""
    now = clock.now()
    open_since = now - policy().open_for.as_timedelta()
    used = Q(state__in=sorted(COUNTED)) | Q(state=State.BEGUN, begun_at__gt=open_since)
    today = Look.objects.filter(used, official_id=official_id, begun_at__gte=_midnight(now))
    return max(0, policy().per_official_a_day - today.count())


def has_seen(assessment_id: UUID, *, official_id: UUID) -> bool:
    """Whether this official has been shown this picture blurred."""
    seen = Look.objects.filter(assessment_id=assessment_id, official_id=official_id, state=State.SHOWN)
    return seen.filter(step=Step.BLURRED).exists()


def is_about_a_minor(task: Task) -> bool:
    """Whether a list, a decision or the queue says that a minor is shown, of this place at any time.

    What those say who reported it comes on top: overview.minors.
    """
    if task.urgency.minor:
        return True
    assert task.sighting_id is not None
    examined = Assessment.objects.filter(sighting_id=task.sighting_id)
    lists = {str(it["facts"]["list_name"]) for one in examined for it in one.signals if _is_known(it)}
    return is_any_about_minors(lists) or any(decided_about_a_minor(one.lineage_id) for one in examined)


def sure_matches(assessment: Assessment) -> list[UUID]:
    """The known pictures that this examination is sure of. What only resembles it says nothing of another picture."""
    sure = (
        it["facts"]["entry_id"] for it in assessment.signals if _is_known(it) and it["facts"]["confirmed"]
    )
    return sorted({UUID(str(entry)) for entry in sure})


def words_on(known_id: UUID) -> Said:
    """What officials said of the pictures that surely are this one; each official counts once."""
    same = [{"kind": SignalKind.KNOWN_HASH.value, "facts": {"entry_id": str(known_id), "confirmed": True}}]
    said = Look.objects.filter(assessment__signals__contains=same)
    match, other = (
        said.filter(answer=answer).values("official_id").distinct().count()
        for answer in (Answer.MATCH, Answer.SOMETHING_ELSE)
    )
    return Said(match=match, something_else=other)


def _is_known(signal: dict[str, object]) -> bool:
    return signal["kind"] == SignalKind.KNOWN_HASH


def _midnight(now: datetime) -> datetime:
    zone = load_pack(settings.JURISDICTION).zone
    return datetime.combine(now.astimezone(zone).date(), time.min, tzinfo=zone)
