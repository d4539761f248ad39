"""What had been taken back is taken back again in a database that does not know of it: the rows of the log suffice.

Each is done, and undone by rolling the database back, as a restore does; what stays are rows, as they lie outside.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from haetae.accounts import actions as accounts
from haetae.accounts.models import ApiKey, KeyScope, OneTimeSignIn, Operator, Seat
from haetae.accounts.permissions import Role
from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.destroying.actions import destroy_case, erase_identity
from haetae.agencies.support.models import Case, CaseHash, CaseText
from haetae.agencies.support.retention.actions import set_hold
from haetae.agencies.support.states import State, Text
from haetae.agencies.support.steering import actions as steering
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.watching import actions as watching
from haetae.flow.arrival.watching.models import WatchList
from haetae.hashbank import actions as hashbank
from haetae.hashbank.models import HashList, KnownPicture
from haetae.running.backup.replaying import Replayed, replay
from tests.agencies.ending import order, whole_case
from tests.watching import analyst, switched_on

pytestmark = pytest.mark.django_db


class _UndoneError(Exception):
    """The database burns."""


def happened(*acts: Callable[[], object]) -> list[Event]:
    """The rows of what was done; of what it had changed nothing is left."""
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows: list[Event] = []
    try:
        with transaction.atomic():
            for act in acts:
                act()
            rows = list(Event.objects.filter(pk__gt=newest).order_by("pk"))
            raise _UndoneError
    except _UndoneError:
        assert rows
        return rows


def again(rows: list[Event]) -> Replayed:
    """Twice, because a restore may be cut off and done anew."""
    replay(rows)
    replayed = replay(rows)
    assert not replayed.failed
    return replayed


@pytest.fixture
def case() -> OpenCase:
    return whole_case(bits=receipt.draw())


def test_a_case_that_was_destroyed_is_destroyed_and_its_fingerprint_is_forgotten(case: OpenCase) -> None:
    known = CaseHash.objects.get().known_id
    rows = happened(lambda: destroy_case(opened=case))
    assert Case.objects.get().state == State.OPEN
    again(rows)
    found = Case.objects.get()
    assert (found.state, found.lookup, found.key_for_custodian) == (State.DESTROYED, None, None)
    assert not CaseText.objects.exists()
    assert KnownPicture.objects.get(pk=known).pdq == ""
    assert Event.objects.get(name="support.destroyed").actor_kind == SYSTEM.kind


def test_what_a_hold_kept_stays_also_where_the_hold_itself_is_lost(case: OpenCase) -> None:
    officer = accounts.seat_official(
        username="officer",
        role=Role.POLICE_OFFICER,
        agency="police",
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )
    rows = happened(
        lambda: set_hold(case_id=case.case.pk, order=order(officer)), lambda: destroy_case(opened=case)
    )
    again(rows)
    found = Case.objects.get()
    assert (found.state, found.lookup) == (State.HELD, None)
    assert set(CaseText.objects.values_list("kind", flat=True)) & {Text.STORY.value}
    assert not CaseText.objects.filter(kind=Text.NAME).exists()


def test_a_name_that_was_erased_is_erased(case: OpenCase) -> None:
    again(happened(lambda: erase_identity(opened=case)))
    assert not CaseText.objects.filter(kind=Text.NAME).exists()
    assert Case.objects.get().state == State.OPEN


def test_what_a_person_stopped_is_stopped_and_what_they_resumed_goes_on(case: OpenCase) -> None:
    def stop() -> None:
        steering.withdraw(opened=case)

    again(happened(stop, lambda: steering.settle(case_id=case.case.pk)))
    assert Case.objects.get().state == State.WITHDRAWN
    assert Report.objects.get().withdrawn_at is not None
    assert KnownPicture.objects.get().withdrawn_at is not None
    again(happened(lambda: steering.resume(opened=case)))
    assert Case.objects.get().state == State.OPEN


def test_words_that_were_renewed_open_nothing_because_the_old_ones_may_be_in_wrong_hands() -> None:
    bits = receipt.draw()
    case = whole_case(bits=bits)
    again(happened(lambda: steering.renew_receipt(opened=case, receipt=receipt.draw())))
    assert queries.case_of_receipt(bits) is None
    assert Case.objects.get().key_for_custodian is not None


def test_a_hash_that_was_disputed_and_a_list_that_was_set_aside_stay_so(case: OpenCase) -> None:
    known = KnownPicture.objects.get()
    again(
        happened(
            lambda: hashbank.dispute_known_picture(known_id=known.pk, actor=SYSTEM),
            lambda: hashbank.quarantine_list(name=known.list_id, actor=SYSTEM),
        )
    )
    known.refresh_from_db()
    assert known.disputed_at is not None
    assert HashList.objects.get(name=known.list_id).quarantined_at is not None


def test_keys_seats_sign_ins_and_delegations_that_ended_open_nothing() -> None:
    operator = Operator.objects.create(name="Board", connector="email", origin="https://board.example")
    accounts.issue_api_key(holder=operator, scope=KeyScope.SCAN, per_minute=60, actor=SYSTEM)
    accounts.delegate_block(operator=operator, reference="a-1", since=date(2026, 1, 1), actor=SYSTEM)
    moderator = accounts.seat_at_operator(
        username="moderator",
        role=Role.OPERATOR_MODERATOR,
        operator=operator,
        since=date(2026, 1, 1),
        actor=SYSTEM,
    )
    secret = accounts.issue_one_time_sign_in(official=moderator)
    last = date(2026, 2, 1)
    rows = happened(
        lambda: accounts.end_api_keys(holder=operator, scope=KeyScope.SCAN, actor=SYSTEM),
        lambda: accounts.use_one_time_sign_in(secret=secret, at=clock.now()),
        lambda: accounts.end_block_delegation(operator=operator, last_day=last, actor=SYSTEM),
        lambda: accounts.end_seat_at_operator(
            official=moderator, operator=operator, last_day=last, actor=SYSTEM
        ),
    )
    again(rows)
    assert not ApiKey.objects.filter(ended_at=None).exists()
    assert not OneTimeSignIn.objects.filter(used_at=None).exists()
    assert not operator.block_delegations.filter(until=None).exists()
    assert not Seat.objects.filter(until=None).exists()


def test_a_watch_list_that_ended_is_not_visited() -> None:
    list_id = switched_on("https://board.example/")
    official = analyst()
    again(happened(lambda: watching.end(list_id=list_id, why="not needed", official_id=official.pk)))
    assert WatchList.objects.get().state == "ended"


def test_what_is_newer_than_the_backup_has_nothing_to_be_done_to() -> None:
    def tell_and_destroy() -> None:
        destroy_case(opened=whole_case(bits=receipt.draw()))

    rows = happened(tell_and_destroy)
    replayed = replay(rows)
    assert replayed.of_nothing
    assert not replayed.done
    assert "support.opened" in {event.name for event in replayed.left}


def test_one_that_cannot_be_done_again_holds_up_no_other_and_is_named(case: OpenCase) -> None:
    spoilt = Event(
        pk=1, name="support.destroyed", subject_id=case.case.pk, at=clock.now() - timedelta(hours=1), facts={}
    )
    rows = happened(lambda: erase_identity(opened=case))
    replayed = replay([spoilt, *rows])
    assert replayed.failed == [spoilt]
    assert not CaseText.objects.filter(kind=Text.NAME).exists()
