"""Everything that reads looks, and what is to be known before one."""

from collections.abc import Iterable
from datetime import datetime, time
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from haetae.accounts.queries import roles_on
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.rules import Said, why_not_this_picture
from haetae.agencies.looks.states import COUNTED, ENDS_THE_TASK, FINDINGS, Answer, State, Step
from haetae.common import clock
from haetae.detect.finding import SignalKind
from haetae.flow.assessment.models import Assessment
from haetae.flow.review.models import Review
from haetae.flow.review.queries import decided_about_a_minor
from haetae.flow.review.states import UNDECIDED
from haetae.flow.review.states import State as Reviewed
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import State as TaskState
from haetae.hashbank.queries import is_any_about_minors
from haetae.law.facts import Looks
from haetae.law.packs import load_pack


def policy() -> Looks:
    """How many looks, and for how long each is good."""
    return load_pack(settings.JURISDICTION).looks


def get_look(look_id: UUID, *, official_id: UUID | None = None) -> Look:
    """With its place; of this official alone, where one is named. Raises Look.DoesNotExist."""
    looks = Look.objects.select_related(
        "sighting__operator", "assessment", "task", "review__request", "official"
    )
    mine = {} if official_id is None else {"official_id": official_id}
    return looks.get(pk=look_id, **mine)


def of_sightings(sighting_ids: Iterable[UUID]) -> QuerySet[Look]:
    """Every look at these places, the oldest first."""
    return Look.objects.filter(sighting_id__in=list(sighting_ids)).order_by("begun_at")


def mine_about(task_id: UUID, *, official_id: UUID) -> QuerySet[Look]:
    """This official's looks for this task, the newest first."""
    return Look.objects.filter(task_id=task_id, official_id=official_id).order_by("-begun_at")


def mine_before(review_id: UUID, *, official_id: UUID) -> QuerySet[Look]:
    """This official's looks before one decision, the newest first."""
    return Look.objects.filter(review_id=review_id, official_id=official_id).order_by("-begun_at")


def findings_of(review_id: UUID) -> QuerySet[Look]:
    """What those who looked before a decision have found, the oldest first."""
    said = Look.objects.filter(review_id=review_id, answer__in=sorted(FINDINGS))
    return said.select_related("official").order_by("answered_at")


def waits(look: Look) -> bool:
    """Whether what somebody looks for still waits: the task for an end, the review for a decision."""
    if look.task is not None:
        return look.task.state == TaskState.WAITING
    return look.review is not None and Reviewed(look.review.state) in UNDECIDED


def why_not_now(look: Look, *, said_minor: bool) -> str | None:
    """What has come in between the wish and the look: a decision, an end of office, a word that a minor is shown."""
    if not waits(look):
        return "nothing_to_judge"
    waiting = look.review or look.task
    assert waiting is not None
    roles = roles_on(look.official, day=timezone.localdate(clock.now()))
    return why_not_this_picture(roles=roles, minor=said_minor or is_about_a_minor(waiting))


def ends(look: Look) -> frozenset[Answer]:
    """The answers after which nothing more is said of this look."""
    return ENDS_THE_TASK if look.task_id else FINDINGS


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


def is_second(look_id: UUID) -> bool:
    """Whether it was taken for a second look at what was decided, of which nothing follows."""
    return Look.objects.filter(pk=look_id, task__second=True).exists()


def is_about_a_minor(waiting: Task | Review) -> bool:
    """Whether a list, a decision, a look or the queue says that a minor is shown, of this place at any time.

    What those say who reported it comes on top: overview.minors.
    """
    if waiting.urgency.minor:
        return True
    if isinstance(waiting, Review) and waiting.request.minor_protected:
        return True
    assert waiting.sighting_id is not None
    return is_minor_there(waiting.sighting_id)


def is_minor_there(sighting_id: UUID) -> bool:
    """The same without what the queue says."""
    examined = list(Assessment.objects.filter(sighting_id=sighting_id))
    if any(looks_like_a_minor(one) for one in examined):
        return True
    lists = {str(it["facts"]["list_name"]) for one in examined for it in one.signals if _is_known(it)}
    return is_any_about_minors(lists) or any(decided_about_a_minor(one.lineage_id) for one in examined)


def looks_like_a_minor(assessment: Assessment) -> bool:
    """Whether somebody has seen this picture, here or elsewhere, and said so. No later look takes it back."""
    said = Look.objects.filter(minor=True)
    if said.filter(Q(assessment=assessment) | Q(sighting_id=assessment.sighting_id)).exists():
        return True
    # Asked by itself: "or" across two tables would read all examinations.
    return (
        assessment.lineage_id is not None and said.filter(assessment__lineage=assessment.lineage_id).exists()
    )


def sure_matches(assessment: Assessment) -> list[UUID]:
    """The known pictures that this examination is sure of. What only resembles it says nothing of another picture."""
    sure = (
        it["facts"]["entry_id"] for it in assessment.signals if _is_known(it) and it["facts"]["confirmed"]
    )
    return sorted({UUID(str(entry)) for entry in sure})


def words_on(known_id: UUID) -> Said:
    """What officials said of the pictures that surely are this one; each official counts once."""
    same = [{"kind": SignalKind.KNOWN_HASH.value, "facts": {"entry_id": str(known_id), "confirmed": True}}]
    said = Look.objects.filter(assessment__signals__contains=same).exclude(task__second=True)
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
