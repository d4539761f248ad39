"""A file of the police: what the prosecutor and the court let through, and what the gate stops."""

from functools import partial
from uuid import uuid4

from bench.story.house import House
from haetae.agencies.investigation.files import actions as files
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.files.states import Reason, Victim
from haetae.agencies.investigation.undercover import actions as undercover
from haetae.agencies.investigation.undercover.deciding import actions as deciding
from haetae.agencies.investigation.undercover.models import UndercoverOperation
from haetae.agencies.investigation.undercover.reports.actions import write_report
from haetae.agencies.investigation.undercover.states import Desk, WhyEnded
from haetae.agencies.referrals.states import To
from haetae.agencies.support.consent.actions import note_consent
from haetae.agencies.support.consent.states import Giver, How, Kind
from haetae.audit.actor import PUBLIC
from haetae.flow.steps.referring import hand_over
from haetae.law.undercover import ActKind, Operation
from tests.undercover import Cast, act, ask, decision, first_paper, named

PACKAGE = "One place on one board, removed twice. The person wants the police to look into it."


def asks_the_police(house: House) -> None:
    """Handed over with consent and not before."""
    case = house.case
    assert case is not None
    hand = partial(
        hand_over,
        opened=case,
        to=To.POLICE,
        package=PACKAGE,
        official_id=house.counsellor.pk,
        form_key=uuid4(),
    )
    with house.tape.scene("referred") as scene:
        scene.refuses("referrals", hand, who="counsellor")
        note_consent(
            case_id=case.case.pk, kind=Kind.TELL_POLICE, giver=Giver.PERSON, how=How.TELEPHONE,
            official_id=house.counsellor.pk, actor=PUBLIC,
        )  # fmt: skip
        hand()


def investigates(house: House) -> None:
    house.tape.passes(days=1)
    with house.tape.scene("applied") as scene:
        opened = files.begin(
            about=files.About(name="File of the story", victim=Victim.ADULT, offence="spread"),
            form_key=uuid4(),
            official_id=house.police.pk,
        )
        open_ = partial(files.open_for, investigation_id=opened.investigation.pk, reason=Reason.INVESTIGATE)
        scene.refuses("investigation", lambda: open_(official_id=house.other_police.pk), who="police_officer")
        by = _cast(house, opened)
        operation = ask(by, Operation.ASSUMED)
        _tried(house, operation, by)
    _permitted(house, by, operation)
    _ended(house, operation)


def _tried(house: House, operation: UndercoverOperation, by: Cast) -> None:
    scene = house.tape.scenes[-1]
    code = act(by, operation)
    scene.refused.append({"room": "undercover", "code": code, "who": "police_officer"})
    assert code == "not_permitted"


def _permitted(house: House, by: Cast, operation: UndercoverOperation) -> None:
    house.tape.passes(hours=3)
    paper, first = first_paper(operation), frozenset(named(operation).values())
    with house.tape.scene("permitted") as scene:
        grant = partial(deciding.grant, application_id=paper.pk, desk=Desk.COURT, official_id=house.judge.pk)
        early = decision(paper)
        scene.refuses("undercover", lambda: grant(decision=early), who="judge")
        deciding.petition(application_id=paper.pk, official_id=house.prosecutor.pk)
        grant(decision=decision(paper, items=first, acts=frozenset({ActKind.OBSERVE})))
    with house.tape.scene("acted") as scene:
        assert act(by, operation) == ""
        code = act(by, operation, kind=ActKind.BUY)
        scene.refused.append({"room": "undercover", "code": code, "who": "police_officer"})
        assert code == "act_not_in_scope", code


def _ended(house: House, operation: UndercoverOperation) -> None:
    house.tape.passes(hours=6)
    with house.tape.scene("over") as scene:
        undercover.end(operation_id=operation.pk, why=WhyEnded.PURPOSE_REACHED, official_id=house.police.pk)
        by = _cast(house, None)
        code = act(by, operation)
        scene.refused.append({"room": "undercover", "code": code, "who": "police_officer"})
        assert code == "operation_over", code
        write_report(
            operation_id=operation.pk, reason="Its purpose is reached.", summary="Watched, and nothing else.",
            official_id=house.police.pk,
        )  # fmt: skip


def _cast(house: House, opened: OpenFile | None) -> Cast:
    return Cast(
        officer=house.police, approver=house.police, prosecutor=house.prosecutor, judge=house.judge,
        overseer=house.overseer, file=opened,  # type: ignore[arg-type]
    )  # fmt: skip
