"""A person who wants mail, a mail server that takes it, and the steps between them."""

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from typing import Final
from uuid import UUID

from haetae.agencies.support import receipt
from haetae.agencies.support.actions import OpenCase, open_case
from haetae.agencies.support.models import Case, Notice
from haetae.agencies.support.notices.actions import choose_notices, confirm_mailbox
from haetae.agencies.support.notices.jobs import send_notice
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Cadence, Relation
from haetae.audit.models import Event
from haetae.common.mail_account import Account
from haetae.flow.arrival.actions import register_sighting
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.states import Source, State
from haetae.flow.assessment.actions import open_assessment
from haetae.flow.deadlines.actions import pass_due
from haetae.flow.next_step import next_step
from haetae.flow.removal import actions as removal
from haetae.flow.removal.models import DeletionRequest
from tests.agencies.ending import LINK, StandingClock, follow
from tests.post_office import PostOffice

MAILBOX: Final = "a.mailbox.of.hers@post.example"
SENDER: Final = "info@neutral.example"


def account_at(office: PostOffice, **more: object) -> Account:
    plain = {"host": "127.0.0.1", "port": office.port, "is_tls": False, "sender": SENDER}
    return Account(**{**plain, **more})  # type: ignore[arg-type]


def a_case(**more: object) -> OpenCase:
    told = Told(**{"links": [LINK], "relation": Relation.ME, "language": "en", **more})  # type: ignore[arg-type]
    return open_case(receipt=receipt.draw(), told=told)


def wanting(
    office: PostOffice, standing: StandingClock, *, cadence: Cadence = Cadence.WHEN_GONE, **more: object
) -> OpenCase:
    """A case whose person has chosen, and has typed in the number that came by mail."""
    opened = a_case(**more)
    choose_notices(opened=opened, cadence=cadence, address=MAILBOX)
    go_on(standing)
    assert confirm_mailbox(opened=opened, code=number_in(office.letters[-1])) is None
    office.letters.clear()
    office.wire.clear()
    return opened


def go_on(standing: StandingClock, *, after: timedelta = timedelta()) -> None:
    """So much later, everything that is due happens; mails are handed over at the end of it."""
    standing.at += after
    before = _newest()
    pass_due(at=standing.at)
    for event_id in _after(before):
        next_step(event_id)
        for notice_id in _due_notices(event_id):
            with suppress(Notice.DoesNotExist):
                send_notice(notice_id)


def read(letter: bytes) -> EmailMessage:
    message = email.message_from_bytes(letter, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def number_in(letter: bytes) -> str:
    found = re.search(r"\b\d{6}\b", read(letter).get_content())
    assert found
    return found[0]


def cadence_of(opened: OpenCase) -> str:
    return Case.objects.get(pk=opened.case.pk).cadence


def _newest() -> int:
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _after(before: int) -> list[int]:
    return list(Event.objects.filter(pk__gt=before).order_by("pk").values_list("pk", flat=True))


def _due_notices(event_id: int) -> Iterator[str]:
    event = Event.objects.get(pk=event_id)
    if event.name == "deadlines.passed" and event.facts["kind"] == "notice":
        yield str(UUID(str(event.facts["for"])))


def a_place(opened: OpenCase, *, number: int = 1) -> DeletionRequest:
    """Where a link of the case led, and the operator says that it is gone."""
    page = f"https://board.example/posts/{number}"
    sighting_id = register_sighting(page_url=page, media_url=f"{page}.jpg", source=Source.REPORT)
    report = Report.objects.get(pk__in=opened.case.links.values("report_id"))
    report.sightings.add(sighting_id)
    Report.objects.filter(pk=report.pk).update(state=State.LOCATED)
    assessment_id = open_assessment(sighting_id=sighting_id, reported=True)
    request_id = removal.request_deletion(
        sighting_id=sighting_id, assessment_id=assessment_id, legal_basis="infringed_person_request"
    )
    DeletionRequest.objects.filter(pk=request_id).update(state="claimed")
    return DeletionRequest.objects.get(pk=request_id)


def is_proven_gone(request: DeletionRequest) -> None:
    removal.probe_saw(request_id=request.pk, gone=True, hidden=False)
    follow("removal.verified")
