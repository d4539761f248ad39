"""Everything that writes about officials and operators."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from haetae.accounts.agencies import why_not_there
from haetae.accounts.models import (
    ApiKey,
    BlockDelegation,
    KeyScope,
    Official,
    OneTimeSignIn,
    Operator,
    OperatorKind,
    Partner,
    Seat,
    WhenWeAreDown,
)
from haetae.accounts.permissions import AT_AN_OPERATOR, Role
from haetae.accounts.sessions.actions import end_sessions
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock

_SIGN_IN_LIFE = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where and as what an operator stands: fields of Operator."""

    kind: OperatorKind = OperatorKind.PLATFORM
    jurisdiction: str = "kr"
    zone: str = "Asia/Seoul"
    language: str = "en"
    endpoint: str = ""
    mailbox: str = ""
    public_only: bool = False


class WrongSeatError(Exception):
    """Nobody sits in an agency and at an operator, and no operator's role is held in an agency."""


@transaction.atomic
def register_operator(
    *,
    name: str,
    connector: str,
    origin: str,
    secret_name: str = "",
    watched_every_s: int | None = None,
    standing: Standing | None = None,
    actor: Actor,
) -> Operator:
    """Make an operator known, or bring what is known of it up to date; its exact origin becomes reachable.

    Without a `standing` what is known of that stays.
    """
    operator, _ = Operator.objects.update_or_create(
        name=name,
        defaults={
            "connector": connector,
            "origin": origin,
            "secret_name": secret_name,
            "watched_every_s": watched_every_s,
            **(asdict(standing) if standing else {}),
        },
    )
    record(
        event="accounts.operator_registered", subject=operator, actor=actor, facts={"connector": connector}
    )
    return operator


@transaction.atomic
def delegate_block(*, operator: Operator, reference: str, since: date, actor: Actor) -> BlockDelegation:
    """Record that an operator lets us block for now in its name; a lasting delegation is recorded once."""
    delegation, is_new = BlockDelegation.objects.get_or_create(
        operator=operator, until=None, defaults={"reference": reference, "since": since}
    )
    if is_new:
        record(
            event="accounts.block_delegated", subject=operator, actor=actor, facts={"reference": reference}
        )
    return delegation


@transaction.atomic
def end_block_delegation(*, operator: Operator, last_day: date, actor: Actor) -> bool:
    """The delegation ends with this day; False when there is none. What we blocked until then stays on its clock."""
    open_one = BlockDelegation.objects.select_for_update().filter(operator=operator, until=None).first()
    if open_one is None:
        return False
    open_one.until = max(last_day, open_one.since)
    open_one.save(update_fields=["until"])
    record(event="accounts.block_delegation_ended", subject=operator, actor=actor)
    return True


@transaction.atomic
def declare_upload_check(*, operator: Operator, when_down: WhenWeAreDown, actor: Actor) -> str:
    """The operator asks us before it publishes; returns its new token of 256 random bits, of which a digest stays.

    `when_down` is what it declares to do with uploads while we give no answer. An earlier token ends at once.
    """
    token = secrets.token_urlsafe(32)
    operator.upload_check = when_down
    operator.upload_check_digest = _digest(token)
    operator.save(update_fields=["upload_check", "upload_check_digest"])
    record(
        event="accounts.upload_check_declared", subject=operator, actor=actor, facts={"when_down": when_down}
    )
    return token


@transaction.atomic
def register_partner(*, name: str, takes_tier: int, actor: Actor) -> Partner:
    """Make a partner of the exchange known, or change which tiers it receives."""
    partner, _ = Partner.objects.update_or_create(
        name=name,
        defaults={"takes_tier": takes_tier},
        create_defaults={"takes_tier": takes_tier, "since": clock.now()},
    )
    record(
        event="accounts.partner_registered", subject=partner, actor=actor, facts={"takes_tier": takes_tier}
    )
    return partner


@transaction.atomic
def issue_api_key(*, holder: Operator | Partner, scope: KeyScope, per_minute: int, actor: Actor) -> str:
    """A new secret of 256 random bits, of which a digest stays. Earlier keys go on until they are ended."""
    secret = secrets.token_urlsafe(32)
    of = {"operator": holder} if isinstance(holder, Operator) else {"partner": holder}
    key = ApiKey.objects.create(
        scope=scope, digest=_digest(secret), per_minute=per_minute, issued_at=clock.now(), **of
    )
    facts = {"scope": str(scope), "holder": str(holder.pk)}
    record(event="accounts.key_issued", subject=key, actor=actor, facts=facts)
    return secret


@transaction.atomic
def end_api_keys(*, holder: Operator | Partner, scope: KeyScope, actor: Actor) -> int:
    """Every key of this holder for this ends now; returns how many that were."""
    keys = holder.api_keys.select_for_update().filter(scope=scope, ended_at=None)
    for key in keys:
        key.ended_at = clock.now()
        key.save(update_fields=["ended_at"])
        record(event="accounts.key_ended", subject=key, actor=actor, facts={"scope": str(scope)})
    return len(keys)


@transaction.atomic
def seat_official(*, username: str, role: Role, agency: str, since: date, actor: Actor) -> Official:
    """Give somebody a role in an agency from a day on; the account is made when there is none, without a password."""
    if role in AT_AN_OPERATOR:
        raise WrongSeatError(f"{role} is a role at an operator; seat_at_operator() gives it.")
    wrong = why_not_there(role, agency=agency)
    if wrong is not None:
        raise WrongSeatError(wrong)
    official = _account(username, elsewhere=Q(operator__isnull=False))
    _, seated = Seat.objects.get_or_create(
        official=official, role=role, agency=agency, until=None, defaults={"since": since}
    )
    if seated:
        end_sessions(official)
        record(
            event="accounts.official_seated",
            subject=official,
            actor=actor,
            facts={"role": role, "agency": agency},
        )
    return official


@transaction.atomic
def seat_at_operator(*, username: str, role: Role, operator: Operator, since: date, actor: Actor) -> Official:
    """Give somebody a role at one operator from a day on. Raises WrongSeatError."""
    if role not in AT_AN_OPERATOR:
        raise WrongSeatError(f"{role} is a role in an agency; seat_official() gives it.")
    official = _account(username, elsewhere=~Q(operator=operator))
    _, seated = Seat.objects.get_or_create(
        official=official, role=role, operator=operator, until=None, defaults={"since": since}
    )
    if seated:
        end_sessions(official)
        facts = {"role": str(role), "operator": str(operator.pk)}
        record(event="accounts.operator_seated", subject=official, actor=actor, facts=facts)
    return official


@transaction.atomic
def end_seat_at_operator(*, official: Official, operator: Operator, last_day: date, actor: Actor) -> int:
    """Every seat that somebody holds at this operator ends with this day; returns how many that were."""
    seats = Seat.objects.select_for_update().filter(official=official, operator=operator, until=None)
    for seat in seats:
        seat.until = max(last_day, seat.since)
        seat.save(update_fields=["until"])
    if seats:
        end_sessions(official)
        facts = {"operator": str(operator.pk)}
        record(event="accounts.operator_seat_ended", subject=official, actor=actor, facts=facts)
    return len(seats)


def _account(username: str, *, elsewhere: Q) -> Official:
    """The account of that name, made without a password when there is none, which holds no seat elsewhere."""
    official, made = Official.objects.get_or_create(username=username)
    if made:
        official.set_unusable_password()
        official.save(update_fields=["password"])
    elif official.seats.filter(elsewhere).exists():
        raise WrongSeatError(
            f"{username} holds a seat elsewhere; an operator's people need accounts of their own."
        )
    return official


@transaction.atomic
def issue_one_time_sign_in(*, official: Official) -> str:
    """A secret of 192 random bits that signs this official in once within an hour; only its digest is kept."""
    secret = secrets.token_urlsafe(24)
    OneTimeSignIn.objects.create(
        official=official, digest=_digest(secret), expires_at=clock.now() + _SIGN_IN_LIFE
    )
    record(event="accounts.sign_in_issued", subject=official, actor=SYSTEM)
    return secret


@transaction.atomic
def use_one_time_sign_in(*, secret: str, at: datetime) -> Official | None:
    """The official whom the secret signs in, or None when it is unknown, used or too old."""
    found = (
        OneTimeSignIn.objects.select_for_update()
        .filter(digest=_digest(secret), used_at__isnull=True, expires_at__gt=at)
        .first()
    )
    if found is None:
        return None
    found.used_at = at
    found.save(update_fields=["used_at"])
    record(event="accounts.sign_in_used", subject=found.official, actor=official_actor(found.official.pk))
    return found.official


def official_actor(official_id: UUID) -> Actor:
    """How an official appears in the log: by id, never by name."""
    return Actor(kind="official", id=str(official_id))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def forget_sign_ins(*, over_by: datetime) -> int:
    """One-time sign-ins that were used, or ran out, at that moment or before; returns how many. Their events stay."""
    over = OneTimeSignIn.objects.filter(Q(used_at__lte=over_by) | Q(expires_at__lte=over_by))
    return over.delete()[0]
