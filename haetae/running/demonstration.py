"""What a demonstration needs besides the real thing: an official to sign in, an operator to ask."""

from haetae.accounts import actions
from haetae.accounts.models import Operator
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.common import clock

SANDBOX_NAME = "Picture board"
SANDBOX_SECRET = "sandbox-operator-token"  # noqa: S105 - the name of the key file, not its content


def sign_in_path(*, username: str = "demo", role: Role = Role.REVIEWER) -> str:
    """The path of a one-time sign-in for this official, who gets the role in the reviewing agency."""
    official = actions.seat_official(
        username=username, role=role, agency="demo", since=clock.now().date(), actor=SYSTEM
    )
    return f"/sign-in/once/{actions.issue_one_time_sign_in(official=official)}/"


def register_sandbox(*, origin: str) -> Operator:
    """The sandbox platform as an operator whose public pages are watched every second."""
    return actions.register_operator(
        name=SANDBOX_NAME,
        connector="sandbox",
        origin=origin,
        secret_name=SANDBOX_SECRET,
        watched_every_s=1,
        actor=SYSTEM,
    )
