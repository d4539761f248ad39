"""What the stories of looking do again and again: somebody in office, a picture that waits, one look, a word."""

from datetime import date
from uuid import UUID

from people import CHAIR, CHILD_COUNSELLOR, CHILD_REVIEWER, COUNSELLOR, OFFICER, REGULATOR, REVIEWER, Person

from haetae.accounts.actions import seat_official
from haetae.accounts.agencies import home_of
from haetae.accounts.permissions import Role
from haetae.agencies.looks import actions
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.showing import show
from haetae.audit.actor import SYSTEM
from haetae.flow.review.models import Review
from haetae.flow.tasks.models import Task

NOTE = "Seen grey and blurred."
_ROLES = {
    COUNSELLOR: Role.COUNSELLOR,
    CHILD_COUNSELLOR: Role.CHILD_PROTECTION_COUNSELLOR,
    REVIEWER: Role.REVIEWER,
    CHILD_REVIEWER: Role.CHILD_PROTECTION_REVIEWER,
    CHAIR: Role.COMMISSION_MEMBER,
    REGULATOR: Role.REGULATOR,
    OFFICER: Role.POLICE_OFFICER,
}


def in_office(person: Person) -> UUID:
    """In office long before any day on which a story plays."""
    role = _ROLES[person]
    return seat_official(
        username=person.name, role=role, agency=home_of(role), since=date(2026, 1, 1), actor=SYSTEM
    ).pk


def waiting_task() -> Task:
    return Task.objects.filter(kind="judge", state="waiting").order_by("opened_at")[0]


def begin(
    official: UUID,
    task: Task | None = None,
    *,
    reason: str = "check_match",
    step: str = "blurred",
    minor: bool = False,
) -> Look:
    task = task or waiting_task()
    begun = actions.begin_look(
        task_id=task.pk, official_id=official, reason=reason, step=step, said_minor=minor
    )
    return Look.objects.get(pk=begun)


def begin_before(
    official: UUID, *, reason: str = "decide", step: str = "blurred", minor: bool = False
) -> Look:
    """A look before the one decision that waits."""
    review = Review.objects.latest("opened_at")
    begun = actions.begin_look_before(
        review_id=review.pk, official_id=official, reason=reason, step=step, said_minor=minor
    )
    return Look.objects.get(pk=begun)


def look(official: UUID, task: Task | None = None, *, step: str = "blurred") -> Look:
    """A look that was shown."""
    begun = begin(official, task, step=step)
    show(begun.pk)
    begun.refresh_from_db()
    return begun


def why_not(action: object, **named: object) -> str:
    """The code with which it is refused."""
    try:
        action(**named)  # type: ignore[operator]
    except actions.CannotLookError as refused:
        return refused.code
    raise AssertionError("it was not refused")
