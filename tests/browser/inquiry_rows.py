"""Something of each kind in one file, for whoever looks at every page of an investigation."""

from datetime import date, timedelta
from typing import Final
from uuid import uuid4

from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.agencies.investigation.deletions.rules import Word
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.linking import actions as linking
from haetae.agencies.investigation.linking.states import Kind
from haetae.agencies.investigation.preservation import actions as preserving
from haetae.agencies.investigation.proceeds import actions as proceeds
from haetae.agencies.investigation.proceeds.states import Form
from haetae.agencies.investigation.self_reports import actions as self_reports
from haetae.agencies.investigation.self_reports.states import Age
from haetae.agencies.investigation.subscribers import actions as subscribers
from haetae.agencies.investigation.subscribers.actions import Heard
from haetae.agencies.investigation.subscribers.states import Refusal, State
from haetae.agencies.investigation.undercover import actions as undercover
from haetae.agencies.investigation.undercover.consent import actions as consenting
from haetae.agencies.investigation.undercover.consent.rules import Given
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.reports.actions import write_report
from haetae.agencies.investigation.undercover.states import WhyEnded
from haetae.agencies.recovery import actions as recovery
from haetae.agencies.recovery.states import ServedBy
from haetae.common import clock
from haetae.flow.steps.official import ask_everywhere
from haetae.law.undercover import ActKind, Operation
from tests import people
from tests.commission import seat
from tests.evidence import ask_in, keeper
from tests.investigations import approver, begin_file, judge, officer, prosecutor
from tests.official_requests import ANSWER, drafted, sent, two_officers, wanted
from tests.recovering import a_charge, a_place_that_is_gone, recoverer, with_prices
from tests.undercover import SECRETS, Cast, act, ask, first_paper, permit
from tests.web.sightings import examined, found
from tests.work import do_all_jobs

_TOLD: Final = "I edited a photograph of a lighthouse and sent it to a channel."
_WHY: Final = "The payments into it follow each sale by minutes."


def everything_lies_ready(address: str) -> str:
    """Returns the number of the file."""
    park, shin, opened = two_officers()
    _sealed(park, opened, address)
    _asked_of_platforms(park, shin, opened)
    _shared(park, opened)
    _earned(park, opened)
    _of_themselves(park, opened)
    _undercover(park, opened)
    do_all_jobs()
    _charged()  # of places whose picture is known by a name alone, which no job can follow: last
    return str(opened.investigation.pk)


def _sealed(park: Official, opened: OpenFile, address: str) -> None:
    """One that a custodian holds, one that waits, one that was not there, and a written record."""
    ha = keeper(people.SECOND_CUSTODIAN)
    held = ask_in(opened, address, by=park)
    ask_in(opened, address, by=park)
    ask_in(opened, f"{address}-that-is-nowhere", by=park)
    do_all_jobs()
    custody.take(evidence_id=held.pk, official_id=ha.official.pk)


def _asked_of_platforms(park: Official, shin: Official, opened: OpenFile) -> None:
    file_id, now = opened.investigation.pk, clock.now()
    drafted(park, opened)
    for heard in (
        Heard(state=State.REFUSED, at=now, reasons=[Refusal.NOT_DUAL_CRIMINAL, Refusal.NEEDS_MLAT]),
        Heard(state=State.ANSWERED, at=now, data=ANSWER),
    ):
        request_id = sent(park, shin, opened)
        subscribers.answered(
            request_id=request_id, investigation_id=file_id, heard=heard, official_id=park.pk
        )
    sent(park, shin, opened, platform="videos.example")
    preserving.apply(investigation_id=file_id, wanted=wanted(), form_key=uuid4(), official_id=park.pk)
    preserving.ask_urgently(
        investigation_id=file_id,
        wanted=wanted(platform="videos.example", urgent_because="It is gone within the hour."),
        sent_at=now,
        form_key=uuid4(),
        official_id=park.pk,
    )


def _shared(park: Official, opened: OpenFile) -> None:
    sighting_id = found(70)
    examined(sighting_id)
    gwak = officer(people.THIRD_OFFICER)
    for file, by in ((opened, park), (begin_file(gwak, name="Operation Paper Lantern"), gwak)):
        linking.add_identifier(
            investigation_id=file.investigation.pk,
            kind=Kind.ACCOUNT,
            text="@grey_heron",
            service="messenger.example",
            official_id=by.pk,
        )
    file_id = opened.investigation.pk
    linking.add_place(investigation_id=file_id, typed=str(sighting_id), official_id=park.pk)
    word = Word(
        link="https://board.example/posts/70",
        note="We confirmed the report this morning.",
        confirmed=True,
        centre_too=True,
    )
    ask_everywhere(investigation_id=file_id, word=word, form_key=uuid4(), official_id=park.pk)


def _earned(park: Official, opened: OpenFile) -> None:
    file_id = opened.investigation.pk
    for what in ("A wallet with the sign of a grey heron", "An account in the name of a shop"):
        traced = proceeds.trace(
            investigation_id=file_id,
            found=proceeds.Found(
                form=Form.CRYPTO,
                what=what,
                where="An exchange abroad",
                won=3_000_000,
                offence="spread_for_money",
                offence_on=date(2026, 3, 2),
            ),
            form_key=uuid4(),
            official_id=park.pk,
        )
    proceeds.propose(proceeds_id=traced, investigation_id=file_id, reason=_WHY, official_id=park.pk)


def _of_themselves(park: Official, opened: OpenFile) -> None:
    told = self_reports.Told(text=_TOLD, contact="a letter box", age=Age.UNDER_19, has_understood=True)
    filed, taken, *_ = [self_reports.make(told=told, form_key=uuid4()) for _ in range(4)]
    for one in (filed, taken):
        self_reports.take_up(report_id=one.pk, official_id=park.pk)
    self_reports.put_into_file(
        report_id=filed.pk, investigation_id=opened.investigation.pk, official_id=park.pk
    )


def _undercover(park: Official, opened: OpenFile) -> None:
    """One that waits, one in urgency, one that runs with consents, one that has ended and is reported."""
    overseer = seat(people.OVERSEER, Role.OVERSIGHT, agency="police_commission")
    desks = {"approver": approver(), "prosecutor": prosecutor(), "judge": judge(), "overseer": overseer}
    by, now = Cast(officer=park, file=opened, **desks), clock.now()
    ask(by, Operation.UNDISCLOSED)
    ask(by, Operation.UNDISCLOSED, urgency=SECRETS["urgency"])
    ask(by, Operation.ASSUMED)  # which lies before the prosecutor
    laid = ask(by, Operation.ASSUMED)
    deciding.petition(application_id=first_paper(laid).pk, official_id=by.prosecutor.pk)
    ended = ask(by, Operation.UNDISCLOSED)
    permit(by, first_paper(ended))
    act(by, ended)
    undercover.end(operation_id=ended.pk, why=WhyEnded.PURPOSE_REACHED, official_id=by.officer.pk)
    write_report(
        operation_id=ended.pk,
        reason=SECRETS["reason"],
        summary=SECRETS["summary"],
        official_id=by.officer.pk,
    )
    running = ask(by, Operation.ASSUMED)
    permit(by, first_paper(running))
    act(by, running)
    act(by, running, kind=ActKind.SELL)
    given = Given(
        who=SECRETS["who"], of_what=SECRETS["of_what"], explained=SECRETS["explained"],
        acts=frozenset({ActKind.PROVIDE}), explained_at=now, until=now + timedelta(days=20),
        is_adult=True, can_judge=True, is_written=True,
    )  # fmt: skip
    consenting.give(operation_id=running.pk, given=given, form_key=uuid4(), official_id=by.officer.pk)


def _charged() -> None:
    son, ahn = recoverer(), recoverer(people.SECOND_RECOVERER)
    with_prices(son)
    charge = a_charge(son, [a_place_that_is_gone(71)])
    a_charge(son, [a_place_that_is_gone(72)])
    recovery.sign(charge_id=charge, official_id=ahn.pk)
    today = timezone.localdate(clock.now())
    recovery.serve(charge_id=charge, served_on=today, served_by=ServedBy.POST, official_id=son.pk)
