"""Everything that writes about applications."""

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from haetae.accounts import actions as accounts
from haetae.accounts.actions import Standing, official_actor
from haetae.accounts.models import Official, Operator, OperatorKind
from haetae.accounts.permissions import Role
from haetae.audit.actions import record
from haetae.audit.actor import PUBLIC, SYSTEM
from haetae.common import clock
from haetae.common.states import check_move
from haetae.law.countries import packs
from haetae.operators.onboarding import queries, rules
from haetae.operators.onboarding.models import Application, application_id_of
from haetae.operators.onboarding.rules import Wanted
from haetae.operators.onboarding.states import MOVES, Declined, State, Way

# Whoever only looks at the desk is put onto the same list as those whose system fetches it.
_CONNECTORS: Final = {Way.WEBHOOK: "webhook", Way.MAIL: "email", Way.POLLING: "polling", Way.DESK: "polling"}


class CannotJoinError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def apply(*, wanted: Wanted, form_key: UUID) -> UUID:
    """Take an application in that `rules.why_not_apply` has nothing against. Sent twice it is one.

    Raises CannotJoinError.
    """
    application_id, now = application_id_of(form_key), clock.now()
    if Application.objects.filter(pk=application_id).exists():
        return application_id
    if queries.is_known(name=wanted.name, origin=wanted.origin):
        raise CannotJoinError("operator_known")
    if queries.applied_lately() >= rules.APPLICATIONS_AN_HOUR:
        raise CannotJoinError("too_many_applications")
    application = Application.objects.create(
        pk=application_id,
        name=wanted.name,
        origin=wanted.origin,
        kind=wanted.kind,
        country=wanted.country,
        zone=wanted.zone,
        language=wanted.language,
        mailbox=wanted.mailbox,
        way=wanted.way,
        endpoint=wanted.endpoint,
        applied_at=now,
        changed_at=now,
    )
    record(event="onboarding.applied", subject=application, actor=PUBLIC, facts={"way": wanted.way})
    return application_id


@transaction.atomic
def ask_to_look(*, application_id: UUID) -> None:
    """Whoever applied says that the origin shows it now. Raises CannotJoinError."""
    application, now = _locked(application_id), clock.now()
    _refuse(rules.why_not_look(State(application.state), asked_at=application.look_asked_at, now=now))
    application.look_asked_at = now
    application.save(update_fields=["look_asked_at"])
    record(event="onboarding.look_asked", subject=application, actor=PUBLIC)


@transaction.atomic
def looked(*, application_id: UUID, found: str) -> None:
    """What the origin showed: rules.PROVEN, or a code. Of an application that is decided nothing changes."""
    application = _locked(application_id)
    if rules.why_not_look(State(application.state), asked_at=None, now=clock.now()):
        return
    if found == rules.PROVEN and queries.is_proven_for_another(application):
        found = "proven_for_another"
    application.found, application.looked_at = found, clock.now()
    application.save(update_fields=["found", "looked_at"])
    if found == rules.PROVEN:
        _move(application, State.PROVEN)
        record(event="onboarding.proven", subject=application, actor=SYSTEM)
        return
    if State(application.state) is State.APPLIED:
        _move(application, State.NOT_PROVEN)
    record(event="onboarding.not_proven", subject=application, actor=SYSTEM, facts={"found": found})


@transaction.atomic
def approve(*, application_id: UUID, official_id: UUID) -> State:
    """One of two: with the second, the operator is registered and its first administrator has an account.

    Raises CannotJoinError.
    """
    application, actor = _locked(application_id), official_actor(official_id)
    state = State(application.state)
    _refuse(rules.why_not_approve(state, first_by=application.first_by_id, official_id=official_id))
    if state is State.PROVEN:
        application.first_by_id = official_id
        _move(application, State.APPROVED_ONCE)
        record(event="onboarding.approved_once", subject=application, actor=actor)
        return State.APPROVED_ONCE
    if queries.is_known(name=application.name, origin=application.origin):
        raise CannotJoinError("operator_known")
    application.operator = _registered(application, official_id=official_id)
    application.administrator = _first_administrator(application.operator, official_id=official_id)
    application.second_by_id = official_id
    _move(application, State.APPROVED)
    facts = {"operator": str(application.operator.pk)}
    record(event="onboarding.approved", subject=application, actor=actor, facts=facts)
    return State.APPROVED


@transaction.atomic
def decline(*, application_id: UUID, why: Declined, official_id: UUID) -> None:
    """No, with a reason that whoever applied reads. Raises CannotJoinError."""
    application = _locked(application_id)
    if (application.state, application.why_declined) == (State.DECLINED, why):
        return
    _refuse(rules.why_not_end(State(application.state)))
    application.declined_by_id, application.why_declined = official_id, why
    _end(application, State.DECLINED)
    facts = {"why": str(why)}
    record(event="onboarding.declined", subject=application, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def withdraw(*, application_id: UUID) -> None:
    """Whoever applied wants it no more. Raises CannotJoinError."""
    application = _locked(application_id)
    if State(application.state) is State.WITHDRAWN:
        return
    _refuse(rules.why_not_end(State(application.state)))
    _end(application, State.WITHDRAWN)
    record(event="onboarding.withdrawn", subject=application, actor=PUBLIC)


@transaction.atomic
def link_to_hand_over(*, application_id: UUID, official_id: UUID) -> str:
    """The secret that signs the first administrator in, until that one has come in. Raises CannotJoinError."""
    application = _with_an_administrator_to_come(application_id)
    assert application.administrator is not None
    secret = accounts.issue_one_time_sign_in(official=application.administrator)
    record(event="onboarding.link_shown", subject=application, actor=official_actor(official_id))
    return secret


@transaction.atomic
def want_link_by_mail(*, application_id: UUID, official_id: UUID) -> None:
    """The same goes to the mailbox of its desk. Raises CannotJoinError."""
    application = _with_an_administrator_to_come(application_id)
    record(event="onboarding.link_wanted", subject=application, actor=official_actor(official_id))


def _with_an_administrator_to_come(application_id: UUID) -> Application:
    application = _locked(application_id)
    if State(application.state) is not State.APPROVED:
        raise CannotJoinError("not_approved_yet")
    if application.administrator is None or application.administrator.last_login is not None:
        raise CannotJoinError("signed_in_already")
    return application


def _registered(application: Application, *, official_id: UUID) -> Operator:
    standing = Standing(
        kind=OperatorKind(application.kind),
        jurisdiction=application.country if application.country in packs() else settings.JURISDICTION,
        zone=ZoneInfo(application.zone).key,
        language=application.language,
        endpoint=application.endpoint,
        mailbox=application.mailbox,
        public_only=True,
    )
    return accounts.register_operator(
        name=application.name,
        connector=_CONNECTORS[Way(application.way)],
        origin=application.origin,
        standing=standing,
        actor=official_actor(official_id),
    )


def _first_administrator(operator: Operator, *, official_id: UUID) -> Official:
    """An account that was nobody's before, named after the host, so that it is never taken for an official's."""
    host = urlsplit(operator.origin).hostname
    names = (f"admin{number}@{host}" for number in ("", *range(2, 100)))
    return accounts.seat_at_operator(
        username=next(name for name in names if not Official.objects.filter(username=name).exists()),
        role=Role.OPERATOR_ADMINISTRATOR,
        operator=operator,
        since=timezone.localdate(clock.now()),
        actor=official_actor(official_id),
    )


def _end(application: Application, after: State) -> None:
    application.mailbox = application.endpoint = ""
    _move(application, after)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotJoinError(code)


def _locked(application_id: UUID) -> Application:
    """Raises Application.DoesNotExist."""
    found = Application.objects.select_for_update(of=("self",)).select_related("administrator")
    return found.get(pk=application_id)


def _move(application: Application, after: State) -> None:
    check_move(MOVES, State(application.state), after)
    application.state, application.changed_at = after, clock.now()
    application.save()
