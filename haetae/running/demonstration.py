"""What a demonstration needs besides the real thing: an official to sign in, an operator to ask."""

from django.conf import settings
from django.utils import timezone

from haetae.accounts import actions
from haetae.accounts.agencies import home_of
from haetae.accounts.models import Official, Operator, WhenWeAreDown
from haetae.accounts.permissions import Role
from haetae.accounts.queries import operator_with_token
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.law.packs import load_pack

SANDBOX_NAME = "Picture board"
SANDBOX_SECRET = "sandbox-operator-token"  # noqa: S105 - the name of the key file, not its content
UPLOAD_CHECK_SECRET = "sandbox-upload-check-token"  # noqa: S105 - likewise


def reviewer(*, username: str = "demo", role: Role = Role.REVIEWER) -> Official:
    """An official with this role, in the agency in which it sits."""
    today = timezone.localdate(clock.now())
    return actions.seat_official(
        username=username, role=role, agency=home_of(role), since=today, actor=SYSTEM
    )


def commission() -> list[str]:
    """Every seat of the commission is filled; returns the user names, the chair's first."""
    seats = load_pack(settings.JURISDICTION).vote.seats
    names = [f"demo-member-{number}" for number in range(1, seats + 1)]
    return [reviewer(username=name, role=Role.COMMISSION_MEMBER).username for name in names]


def sign_in_path(*, username: str = "demo", role: Role = Role.REVIEWER) -> str:
    """The path of a one-time sign-in for this official."""
    official = reviewer(username=username, role=role)
    return f"/console/sign-in/once/{actions.issue_one_time_sign_in(official=official)}/"


def operator_sign_in_path(*, username: str, role: Role, operator: Operator) -> str:
    """Likewise for somebody at this operator; the seat is given when there is none. Raises WrongSeatError."""
    today = timezone.localdate(clock.now())
    person = actions.seat_at_operator(
        username=username, role=role, operator=operator, since=today, actor=SYSTEM
    )
    return f"/operator/sign-in/once/{actions.issue_one_time_sign_in(official=person)}/"


def register_sandbox(*, origin: str) -> Operator:
    """The sandbox platform as an operator whose public pages are watched five times a second (0: as often as we do).

    It lets us block for now in its name, and asks us before it publishes once its own settings say so.
    """
    operator = actions.register_operator(
        name=SANDBOX_NAME,
        connector="sandbox",
        origin=origin,
        secret_name=SANDBOX_SECRET,
        watched_every_s=0,
        actor=SYSTEM,
    )
    today = timezone.localdate(clock.now())
    actions.delegate_block(operator=operator, reference="demo-1", since=today, actor=SYSTEM)
    upload_check_token(operator)
    return operator


def upload_check_token(operator: Operator) -> str:
    """The token with which it asks before it publishes; declared `closed` and kept with the keys by the first call."""
    kept = settings.KEYS.read(UPLOAD_CHECK_SECRET, make=lambda: b"").decode()
    if kept and operator_with_token(kept) == operator:
        return kept
    token = actions.declare_upload_check(operator=operator, when_down=WhenWeAreDown.CLOSED, actor=SYSTEM)
    settings.KEYS.store(UPLOAD_CHECK_SECRET, token.encode())
    return token


def sandbox_upload_check_token() -> str:
    """The token with which the sandbox platform, once registered, asks before it publishes."""
    return upload_check_token(Operator.objects.get(name=SANDBOX_NAME))
