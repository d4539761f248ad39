"""Requests of officials, for stories that need one and are about something else."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from haetae.accounts.models import Official
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import Reason
from haetae.agencies.investigation.preservation.rules import Wanted
from haetae.agencies.investigation.subscribers import actions
from haetae.agencies.investigation.subscribers.actions import Heard
from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.agencies.investigation.subscribers.states import State, Way
from haetae.common import clock
from haetae.law.asking import DataKind
from tests import people
from tests.investigations import begin_file, officer

# What must never stand outside the seal of the file.
ACCOUNT = "@granite_heron_77"
ANSWER = "name: A. Sample; telephone: 010-0000-0000"
FACTS = "An edited picture was posted to an open channel on that day."
DUAL = "Spreading such pictures is a crime there as well, as far as we know."


def asked(**changed: object) -> Asked:
    now = clock.now()
    fields: dict[str, object] = {
        "platform": "channels.example",
        "abroad": True,
        "basis": "inquiry",
        "data": [DataKind.IDENTITY, DataKind.CONTACT],
        "accounts": [ACCOUNT],
        "act_on": timezone.localdate(now) - timedelta(days=3),
        "since": now - timedelta(days=4),
        "until": now - timedelta(days=2),
        "office": "Cyber investigation team 2",
        "contact": "team2@police.example",
        "facts": FACTS,
        "dual_criminality": DUAL,
    }
    return Asked(**fields | changed)  # type: ignore[arg-type]


def wanted(**changed: object) -> Wanted:
    fields: dict[str, object] = {
        "platform": "channels.example",
        "accounts": [ACCOUNT],
        "why": "The account deletes what it posts within a day.",
        "office": "Cyber investigation team 2",
        "contact": "team2@police.example",
    }
    return Wanted(**fields | changed)  # type: ignore[arg-type]


def two_officers() -> tuple[Official, Official, OpenFile]:
    """Both work on one file, and both have opened it today."""
    park, shin = officer(), officer(people.SECOND_OFFICER)
    opened = begin_file(park)
    file_id = opened.investigation.pk
    files.add_member(investigation_id=file_id, colleague_id=shin.pk, official_id=park.pk)
    files.open_for(investigation_id=file_id, reason=Reason.PREPARE_REQUEST, official_id=shin.pk)
    return park, shin, opened


def drafted(by: Official, opened: OpenFile, **changed: object) -> UUID:
    return actions.draft(
        investigation_id=opened.investigation.pk,
        asked=asked(**changed),
        form_key=uuid4(),
        official_id=by.pk,
    )


def sent(park: Official, shin: Official, opened: OpenFile, **changed: object) -> UUID:
    """Drafted by one, signed by the other, and sent."""
    request_id, file_id = drafted(park, opened, **changed), opened.investigation.pk
    actions.sign(request_id=request_id, investigation_id=file_id, official_id=shin.pk)
    heard = Heard(state=State.SENT, at=clock.now(), way=Way.PLATFORM_FORM)
    actions.sent(request_id=request_id, investigation_id=file_id, heard=heard, official_id=park.pk)
    return request_id
