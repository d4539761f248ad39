"""Role x address x own or another's, from the map of addresses: the right role opens nothing that is somebody else's.

A new address with one of these gaps is tried by itself. A new gap must say first whose its rows are.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID, uuid4

import pytest
from django.test import Client

from haetae.accounts.actions import seat_at_operator, seat_official
from haetae.accounts.agencies import home_of
from haetae.accounts.models import KeyUse, SigningKey
from haetae.accounts.permissions import AT_AN_OPERATOR, GRANTS, Permission, Role
from haetae.accounts.signing.actions import new_shared_key
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.states import Reason, Step
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.delivery.models import Delivery
from haetae.flow.hearings.models import Hearing
from haetae.flow.removal.models import DeletionRequest
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.states import Kind
from haetae.web.access import access_of
from haetae.web.sides.which import Side, side_at
from tests import people
from tests.agencies.enforcement.cases import not_followed
from tests.commission import seat
from tests.educating import a_session, an_incident, an_institution, held, supervisor, today
from tests.educating import officer as educator_of
from tests.enforcement import asked, drafted
from tests.investigations import begin_file
from tests.web.addresses import Address, every_address

pytestmark = pytest.mark.django_db

# Rows with an owner, on each side: what stands in the gap of somebody else is not there.
OWNED: Final[dict[Side, frozenset[str]]] = {
    Side.CONSOLE: frozenset({"investigation_id", "official_id", "look_id", "session_id", "incident_id"}),
    Side.OPERATOR: frozenset(
        {"request_id", "order_id", "sanction_id", "hearing_id", "official_id", "key_id", "delivery_id"}
    ),
}
# Rows without one: they belong to the agency whose work they are, and its roles are the whole gate. Why each may be.
SHARED: Final[dict[str, str]] = {
    "application_id": "the regulator lets operators in, by two officials; of undercover work whoever decides "
    "about it: tests/web/test_undercover.py tries the others",
    "charge_id": "the ministry's own acts",
    "case_id": "every counsellor opens a case with a reason that is recorded; who may see minors is a role",
    "document_id": "what was issued is read by whoever reads decisions",
    "evidence_id": "its holder's alone: tests/web/test_evidence_pages.py tries another's",
    "hold_id": "whoever may forbid may see that it is forbidden",
    "list_id": "the agency's own, for two analysts in turn: tests/web/test_watching.py tries others",
    "mark_id": "two officials end it, whoever of them set it: tests/web/test_marks.py tries one alone",
    "storm_id": "whoever may mark a place may say that they looked",
    "operator_id": "the regulator supervises each of them",
    "operation_id": "reported to the commission: tests/web/test_undercover.py tries the assembly",
    "order_id": "the regulator's own acts",
    "preservation_id": "before any prosecutor: tests/web/test_official_requests.py tries others",
    "proceeds_id": "before any prosecutor but whoever worked on it: tests/agencies/investigation/test_proceeds.py",
    "sanction_id": "the regulator's own acts",
    "referral_id": "of the agency: tests/web/test_referrals.py tries another's",
    "review_id": "of the commission and of those who prepare",
    "self_report_id": "of the police until one officer takes it up: tests/web/test_self_report_pages.py tries others",
    "sighting_id": "places, and nobody's person",
    "subject_id": "what an official hears somebody about: the regulator's and the secretariat's own",
    "institution_id": "the ministry's own register",
    "teaching_id": "the ministry's own check",
    "told_id": "what the ministry was told; what a person objects to is not there: tests/web/test_education.py",
    "task_id": "taken by whoever is there",
}
_REFUSED: Final = frozenset({403, 404, 405, 409})
_HARMLESS: Final = frozenset({"year", "half", "month", "language", "form"})
_ADDRESSES: Final = [
    (address, permission)
    for address in every_address()
    if address.gaps - _HARMLESS and isinstance(permission := access_of(address.view), Permission)
]


def test_every_gap_says_whose_its_rows_are() -> None:
    for address, _permission in _ADDRESSES:
        owned = OWNED.get(side_at(address.path), frozenset())
        assert address.gaps & (owned | set(SHARED)), (
            f"{address.name} has gaps {sorted(address.gaps)}: say in OWNED whose rows those are, or in SHARED why "
            "nobody owns them"
        )


@pytest.fixture
def of_others(db: None) -> dict[Side, dict[str, UUID | int]]:
    """One row for each gap, none of them the intruder's."""
    case = not_followed()
    board = case.operator
    sanction_id = case.notified()
    colleague = seat_at_operator(
        username=people.MODERATOR.name,
        role=Role.OPERATOR_MODERATOR,
        operator=board,
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )
    new_shared_key(operator=board, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    request_id, now = asked(board, 1), clock.now()
    delivery = Delivery.objects.create(
        kind="request",
        subject_id=request_id,
        sighting_id=uuid4(),
        operator=board,
        key=uuid4(),
        waiting_since=now,
    )
    officer = seat(people.OFFICER, Role.POLICE_OFFICER, agency="police")
    return {
        Side.CONSOLE: {
            "investigation_id": begin_file(officer).investigation.pk,
            "official_id": seat(people.OVERSEER, Role.OVERSIGHT, agency=home_of(Role.OVERSIGHT)).pk,
            "look_id": look_of(officer.pk, request_id),
            **taught_elsewhere(),
        },
        Side.OPERATOR: {
            "request_id": request_id,
            "order_id": drafted(board),
            "sanction_id": sanction_id,
            "hearing_id": Hearing.objects.get().pk,
            "official_id": colleague.pk,
            "key_id": SigningKey.objects.get().pk,
            "delivery_id": delivery.pk,
        },
    }


def taught_elsewhere() -> dict[str, UUID]:
    """A session and an incident of an institution for which somebody else works."""
    ministry = supervisor()
    school = an_institution(ministry)
    educator = educator_of(ministry, school)
    return {
        "session_id": a_session(school, educator, held(today())),
        "incident_id": an_incident(school, educator),
    }


def look_of(official_id: UUID, request_id: UUID) -> UUID:
    """A look that this official has begun and not taken yet."""
    request = DeletionRequest.objects.get(pk=request_id)
    look = Look.objects.create(
        official_id=official_id,
        sighting_id=request.sighting_id,
        assessment_id=request.assessment_id,
        task=Task.objects.create(
            kind=next(iter(Kind)),
            subject_id=request_id,
            sighting_id=request.sighting_id,
            opened_at=clock.now(),
        ),
        reason=next(iter(Reason)),
        step=next(iter(Step)),
        begun_at=clock.now(),
    )
    return look.pk


@pytest.fixture
def intruder(visitor, at_desk, other_board):
    """Somebody who holds this role and has a part in none of it."""

    def signed_in(role: Role) -> Client:
        if role in AT_AN_OPERATOR:
            return at_desk(people.RIVAL, role, other_board)
        official = seat_official(
            username=people.STRANGER.name,
            role=role,
            agency=home_of(role),
            since=date(2026, 1, 1),
            actor=SYSTEM,
        )
        browser = visitor("en")
        browser.force_login(official)
        return browser

    return signed_in


@pytest.mark.parametrize("role", Role)
def test_the_right_role_opens_and_changes_nothing_of_somebody_else(role, intruder, of_others, tried) -> None:
    browser = intruder(role)
    before = set(Event.objects.values_list("pk", flat=True))
    for address in owned_by_others(role):
        theirs = of_others[side_at(address.path)]
        path = address.about(**theirs)
        # The address of a button leads back to its page, which is not there either, or to a list without it.
        seen, sent = browser.get(path, follow=True), browser.post(path).status_code
        told = any(str(theirs[gap]) in seen.content.decode() for gap in address.gaps & set(theirs))
        led_away = bool(seen.redirect_chain) and not told
        assert seen.status_code in _REFUSED or led_away, f"{role} opens {address.name}: {seen.status_code}"
        assert sent in _REFUSED, f"{role} posts to {address.name}: {sent}"
    done = set(Event.objects.exclude(pk__in=before).values_list("name", flat=True))
    assert all("refused" in name for name in done), f"{role} left {done}"
    if others := len(list(owned_by_others(role))):
        tried("roles x addresses of somebody else", others)


def owned_by_others(role: Role) -> Iterator[Address]:
    for address, permission in _ADDRESSES:
        side = side_at(address.path)
        is_ours = (side is Side.OPERATOR) == (role in AT_AN_OPERATOR)
        if is_ours and permission in GRANTS[role] and address.gaps & OWNED.get(side, frozenset()):
            yield address
