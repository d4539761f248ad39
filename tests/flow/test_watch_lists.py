"""A watch list: drafted by one, switched on by another, with an end of its own; private rooms cannot be named."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from steps import happened, wait

from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.crawling.base import PlaceKind
from haetae.flow.arrival.watching import actions, queries, rules
from haetae.flow.arrival.watching.actions import CannotWatchError, Drafter
from haetae.flow.arrival.watching.models import WatchList, WatchPlace
from haetae.flow.arrival.watching.rules import Named
from haetae.flow.arrival.watching.states import Kind
from tests import people
from tests.watching import BOARD, PHRASES, WHY, analyst, drafted, page, switched_on, visit_all, wanted

pytestmark = pytest.mark.django_db


def state_of(list_id) -> str:
    return WatchList.objects.get(pk=list_id).state


def test_nothing_is_visited_before_a_second_person_has_switched_it_on() -> None:
    list_id = drafted()
    assert visit_all({BOARD: page()}) == []
    with pytest.raises(CannotWatchError, match="watch_same_person"):
        actions.confirm(list_id=list_id, official_id=analyst().pk)
    assert visit_all({BOARD: page()}) == []
    actions.confirm(list_id=list_id, official_id=analyst(people.SECOND_ANALYST).pk)
    assert visit_all({BOARD: page()}) == [BOARD]
    assert [name for name in happened() if name.startswith("watching.")] == [
        "watching.drafted",
        "watching.confirmed",
    ]


def test_the_database_refuses_one_person_in_both_places_too() -> None:
    drafted()
    with pytest.raises(IntegrityError), transaction.atomic():
        WatchList.objects.update(confirmed_by=analyst().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        WatchList.objects.update(state="on")


def test_what_a_command_drafted_waits_for_an_official_like_any_other() -> None:
    list_id = actions.draft(wanted(), by=Drafter(agency="support_centre"), form_key=uuid4())
    assert state_of(list_id) == "draft"
    assert Event.objects.get(name="watching.drafted").actor_kind == "system"
    actions.confirm(list_id=list_id, official_id=analyst().pk)
    assert state_of(list_id) == "on"


def test_a_list_ends_by_itself_and_nothing_of_it_is_visited_any_more(
    moving_clock: time_machine.Traveller,
) -> None:
    list_id = switched_on()
    wait(moving_clock, days=31)
    assert state_of(list_id) == "ended"
    assert Event.objects.get(name="watching.ended").facts == {"because": "date"}
    assert visit_all({BOARD: page()}) == []


def test_with_a_clock_that_is_late_nothing_is_visited_after_the_end(
    moving_clock: time_machine.Traveller,
) -> None:
    list_id = switched_on()
    moving_clock.shift(timedelta(days=31))
    assert state_of(list_id) == "on", "no clock was running"
    assert visit_all({BOARD: page()}) == []


def test_two_in_turn_let_it_go_on_longer_and_nobody_twice(moving_clock: time_machine.Traveller) -> None:
    list_id = switched_on()
    first, second = analyst(), analyst(people.SECOND_ANALYST)
    until = clock.now() + timedelta(days=60)
    with pytest.raises(CannotWatchError, match="watch_extended_same_person"):
        actions.extend(list_id=list_id, until=until, why=WHY, official_id=second.pk)
    with pytest.raises(CannotWatchError, match="watch_until_long"):
        actions.extend(list_id=list_id, until=clock.now() + timedelta(days=91), why=WHY, official_id=first.pk)
    actions.extend(list_id=list_id, until=until, why=WHY, official_id=first.pk)
    with pytest.raises(CannotWatchError, match="watch_extended_same_person"):
        actions.extend(list_id=list_id, until=until, why=WHY, official_id=first.pk)
    wait(moving_clock, days=31)
    assert state_of(list_id) == "on"
    wait(moving_clock, days=30)
    assert state_of(list_id) == "ended"


def test_a_pause_stops_at_once_and_it_goes_on_where_it_stood() -> None:
    list_id, second = switched_on(), analyst(people.SECOND_ANALYST).pk
    actions.pause(list_id=list_id, why=WHY, official_id=second)
    assert visit_all({BOARD: page()}) == []
    actions.resume(list_id=list_id, why=WHY, official_id=second)
    assert visit_all({BOARD: page()}) == [BOARD]


def test_everything_stands_still_for_a_reason_and_once() -> None:
    switched_on()
    first = analyst().pk
    with pytest.raises(CannotWatchError, match="watch_why"):
        actions.stop_all(why="no", official_id=first)
    actions.stop_all(why=WHY, official_id=first)
    with pytest.raises(CannotWatchError, match="watch_all_stopped"):
        actions.stop_all(why=WHY, official_id=first)
    assert visit_all({BOARD: page()}) == []
    actions.go_on(official_id=first)
    assert visit_all({BOARD: page()}) == [BOARD]


def test_what_a_list_names_and_says_is_not_readable_in_the_database() -> None:
    from django.db import connection

    drafted("https://board.example/secret-corner", phrases=PHRASES)
    with connection.cursor() as cursor:
        for table in ("arrival_watchlist", "arrival_watchplace", "arrival_watchhost", "audit_event"):
            cursor.execute(f"SELECT {table}::text FROM {table}")  # names of ours
            text = " ".join(row[0] for row in cursor.fetchall())
            assert text
            for hidden in (
                "secret-corner",
                "board.example",
                "umbrella",
                "Boards of the story",
                "reports keep",
            ):
                assert hidden not in text, table


def test_a_name_is_free_again_when_its_list_has_ended() -> None:
    list_id = drafted()
    with pytest.raises(CannotWatchError, match="watch_name_taken"):
        drafted()
    actions.end(list_id=list_id, why=WHY, official_id=analyst().pk)
    assert drafted() != list_id
    assert queries.running_list("Boards of the story") is not None


def test_the_same_form_sent_twice_is_one_list() -> None:
    by, key = Drafter(agency="support_centre", official_id=analyst().pk), uuid4()
    assert actions.draft(wanted(), by=by, form_key=key) == actions.draft(wanted(), by=by, form_key=key)
    assert WatchPlace.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://t.me/+AbCdEfGh", "watch_invitation"),
        ("https://t.me/joinchat/AbCd", "watch_invitation"),
        ("https://T.me./%2BAbCd", "watch_invitation"),
        ("https://t.me/%6Aoinchat/AbCd", "watch_invitation"),
        ("https://t.me/%252BAbCd", "watch_invitation"),
        ("https://t.me/s/+AbCd", "watch_invitation"),
        ("https://t.me//+AbCd", "watch_invitation"),
        ("https://t.me/x/../+AbCd", "watch_invitation"),
        ("https://t.me:443/+AbCd", "watch_invitation"),
        ("https://ｔ.me/+AbCd", "watch_invitation"),
        ("https://t。me/+AbCd", "watch_invitation"),
        ("https://any.example/joinchat", "watch_invitation"),
        ("https://discord.com/%69nvite/abc", "watch_invitation"),
        ("https://discord.gg/abc", "watch_invitation"),
        ("https://discord.com/invite/abc", "watch_invitation"),
        ("https://open.kakao.com/o/gAbCd", "watch_invitation"),
        ("https://chat.whatsapp.com/AbCd", "watch_invitation"),
        ("https://any.example/joinchat/1", "watch_invitation"),
        ("https://web.telegram.org/k/#-100", "watch_private_room"),
        ("https://webk.telegram.org/", "watch_private_room"),
        ("https://t.me/c/1234/5", "watch_private_room"),
        ("https://discord.com/channels/1/2", "watch_private_room"),
        ("https://team.slack.com/archives/1", "watch_private_room"),
        ("https://www.facebook.com/messages/t/1", "watch_private_room"),
        ("tg://join?invite=AbCd", "watch_link_without_scheme"),
        ("mailto:somebody@board.example", "watch_link_without_scheme"),
        ("file:///etc/hosts", "watch_link_without_scheme"),
        ("https://name:word@board.example/", "watch_link_sign_in"),
        ("https://[board.example/", "watch_link_unreadable"),
        ("https://board.example:99999/", "watch_link_unreadable"),
        ("", "watch_link_missing"),
    ],
)
def test_a_private_room_cannot_be_named(url: str, code: str) -> None:
    assert rules.why_not_a_place(url) == code
    with pytest.raises(CannotWatchError, match=code) as refused:
        drafted(BOARD, url)
    assert refused.value.line == 2


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/s/openchannel",
        "https://t.me/openchannel",
        "https://discord.com/blog",
        "http://127.0.0.1:8000/",
        "https://게시판.example/글",
    ],
)
def test_what_everybody_may_read_can_be_named(url: str) -> None:
    assert rules.why_not_a_place(url) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "  "}, "watch_name"),
        ({"purpose": "short"}, "watch_purpose"),
        ({"basis": "because"}, "watch_basis"),
        ({"until": clock.now() - timedelta(days=1)}, "watch_until_over"),
        ({"until": clock.now() + timedelta(days=100)}, "watch_until_long"),
        ({"every_s": 1}, "watch_every"),
        ({"follow_depth": 6}, "watch_depth"),
        ({"weight": 0}, "watch_weight"),
        ({"places": []}, "watch_places"),
        ({"hosts": ["https://board.example/"]}, "watch_host"),
        ({"hosts": ["discord.gg"]}, "watch_host"),
        ({"phrases": ["a"]}, "watch_phrase"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_by_its_field(changed, code: str) -> None:
    with pytest.raises(CannotWatchError) as refused:
        drafted(**changed)
    assert refused.value.code == code
    assert not WatchList.objects.exists()


def test_the_kinds_of_places_are_the_engines_own() -> None:
    assert {kind.value for kind in Kind} == {kind.value for kind in PlaceKind}
    assert Named(url=BOARD, kind=Kind.PAGE).vanishes is False
