"""Who is seated where an investigation is clicked through, and what happens there between two clicks."""

import atexit
from contextlib import ExitStack
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F

from haetae.accounts.actions import issue_one_time_sign_in
from haetae.accounts.models import Official, Operator
from haetae.accounts.permissions import Role
from haetae.agencies.investigation.evidence.keeping import boxes
from haetae.agencies.investigation.undercover.models import UndercoverApplication, UndercoverOperation
from haetae.audit.sealer import Sealer
from haetae.flow.deadlines.models import Deadline
from haetae.flow.timekeeper import Timekeeper
from haetae.running.loops import HEADS
from tests import people
from tests.browser import inquiry_rows
from tests.commission import seat
from tests.evidence import public_page
from tests.work import do_all_jobs

LATE: Final = timedelta(hours=48, seconds=1)
_SEATS: Final = (
    (people.OFFICER, Role.POLICE_OFFICER, "police"),
    (people.SECOND_OFFICER, Role.POLICE_OFFICER, "police"),
    (people.THIRD_OFFICER, Role.POLICE_OFFICER, "police"),
    (people.APPROVER, Role.POLICE_APPROVER, "police"),
    (people.CUSTODIAN, Role.EVIDENCE_CUSTODIAN, "police"),
    (people.SECOND_CUSTODIAN, Role.EVIDENCE_CUSTODIAN, "police"),
    (people.PROSECUTOR, Role.PROSECUTOR, "prosecutor"),
    (people.JUDGE, Role.JUDGE, "court"),
    (people.OVERSEER, Role.OVERSIGHT, "police_commission"),
    (people.DELEGATE, Role.OVERSIGHT, "assembly"),
    (people.RECOVERER, Role.RECOVERY_OFFICER, "support_ministry"),
    (people.SECOND_RECOVERER, Role.RECOVERY_OFFICER, "support_ministry"),
    (people.AUDITOR, Role.AUDITOR, "regulator"),
    (people.REGULATOR, Role.REGULATOR, "regulator"),
)
_OPEN: Final = ExitStack()  # as long as this process
atexit.register(_OPEN.close)


def fill() -> dict[str, dict[str, str]]:
    site, identity = _OPEN.enter_context(public_page()), boxes.new_identity()
    seated: list[Official] = [seat(one, role, agency=agency) for one, role, agency in _SEATS]
    return {
        "once": {one.username: issue_one_time_sign_in(official=one) for one in seated},
        "places": {
            "page": f"{site.origin}/p/17",
            "identity": identity,
            "recipient": boxes.public_half(identity),
        },
    }


def goes_on() -> None:
    do_all_jobs()


def urgent_time_is_over(operation_id: str) -> None:
    moved = UndercoverOperation.objects.filter(pk=UUID(operation_id), state="urgent").update(
        opened_at=F("opened_at") - LATE,
        began_at=F("began_at") - LATE,
        urgent_until=F("urgent_until") - LATE,
        longest_until=F("longest_until") - LATE,
    )
    assert moved == 1
    UndercoverApplication.objects.filter(operation=operation_id).update(applied_at=F("applied_at") - LATE)
    assert Deadline.objects.filter(subject_id=operation_id, state="set").update(due_at=F("due_at") - LATE)


def clocks_tick() -> None:
    Timekeeper().tick()
    do_all_jobs()


def log_is_sealed() -> None:
    Sealer(key=settings.KEYS.log_key, outside=settings.HAETAE_HOME / HEADS).seal()


def everything_lies_ready() -> str:
    """The number of the file."""
    return inquiry_rows.everything_lies_ready(Operator.objects.get(name="board").origin + "/p/17")
