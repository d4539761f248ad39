"""The commission with work before it, in a process of its own: `python -m tests.browser.docket_stage` fills it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.desk_stage import _do, _surroundings, served

STATEMENT = "The face of a person was put onto another body, and that person has asked for its removal."


@dataclass(frozen=True, kw_only=True)
class Docket:
    """`once` has for each language a sign-in of a member; `another` is of a third, `secretariat` of who prepares."""

    origin: str
    once: dict[str, str]
    another: str
    secretariat: str


@contextmanager
def open_docket(home: Path) -> Iterator[Docket]:
    """Six reviews wait: five are proposed and may be voted on, the sixth is neither heard nor proposed."""
    surroundings = _surroundings(home) | {"HAETAE_SECOND_STEP": "not_yet"}
    english, korean, another, secretariat = (
        f"/console/sign-in/once/{secret}/"
        for secret in _do(surroundings, "tests.browser.docket_stage").split()
    )
    with served(surroundings) as origin:
        once = {"en": english, "ko": korean}
        yield Docket(origin=origin, once=once, another=another, secretariat=secretariat)


def fill() -> str:
    from haetae.accounts.actions import issue_one_time_sign_in
    from haetae.accounts.permissions import Role
    from haetae.flow.review.commission.actions import propose
    from haetae.flow.review.rules import Reason
    from haetae.flow.review.states import State
    from tests import people
    from tests.commission import leave_out_hearing, seat, seat_commission
    from tests.web import sightings

    reviewer, members = seat(people.REVIEWER, Role.REVIEWER), seat_commission(7)
    for number in range(1, 7):
        review_id = sightings.contested(number)
        if number < 6:
            leave_out_hearing(review_id)
            propose(
                review_id=review_id, official_id=reviewer.pk, decision=State.REMOVE,
                reason=Reason.MANIPULATED, statement=STATEMENT,
            )  # fmt: skip
    return " ".join(issue_one_time_sign_in(official=one) for one in (*members[:3], reviewer))


if __name__ == "__main__":
    import django

    django.setup()
    print(fill())
