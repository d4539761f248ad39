"""Visits to watched places: handed out once, the riskiest first, bounded, and kept however an engine ends."""

from datetime import timedelta

import pytest
import time_machine
from steps import wait
from work import do_all_jobs

from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.crawling.base import Missed
from haetae.flow.arrival.models import Sighting
from haetae.flow.arrival.watching import actions, queries
from haetae.flow.arrival.watching.frontier import DatabaseFrontier
from haetae.flow.arrival.watching.models import WatchFind, WatchHost, WatchLead, WatchList, WatchPlace
from haetae.flow.arrival.watching.rules import Named
from haetae.flow.arrival.watching.states import Kind
from haetae.flow.arrival.watching.visits import rules
from haetae.flow.arrival.watching.visits.actions import let_go
from haetae.flow.arrival.watching.visits.rules import SILENT_AFTER, Rhythm
from tests import people
from tests.watching import BOARD, PHRASES, WHY, analyst, drafted, page, switched_on, visit_all

pytestmark = pytest.mark.django_db
PICTURE = f"{BOARD}pictures/1.png"


def test_what_a_page_shows_becomes_a_sighting_once_however_often_it_is_visited(
    moving_clock: time_machine.Traveller,
) -> None:
    switched_on()
    visit_all({BOARD: page(PICTURE)})
    wait(moving_clock, minutes=1)
    visit_all({BOARD: page(PICTURE, f"{BOARD}pictures/2.png")})
    assert Sighting.objects.filter(source="watch").count() == WatchFind.objects.count() == 2
    today = queries.progress_of(WatchList.objects.get()).today
    assert (today["visited"], today["pictures"], today["found"]) == (2, 3, 2)


def test_two_hundred_known_pictures_cost_no_more_questions_than_one(
    django_assert_max_num_queries, moving_clock: time_machine.Traveller
) -> None:
    switched_on()
    many = [f"{BOARD}pictures/{number}.png" for number in range(200)]
    visit_all({BOARD: page(*many)})
    moving_clock.shift(timedelta(minutes=1))
    frontier = DatabaseFrontier()
    (visit,) = frontier.due(at_most=4)
    with django_assert_max_num_queries(8):
        frontier.saw(visit, page(*many))


def test_two_engines_never_have_the_same_visit_nor_the_same_host() -> None:
    switched_on(f"{BOARD}1", f"{BOARD}2", "https://other.example/")
    one, two = DatabaseFrontier(), DatabaseFrontier()
    first = [visit.url for visit in one.due(at_most=1)]
    assert len(first) == 1
    rest = [visit.url for visit in two.due(at_most=9)]
    assert not set(first) & set(rest)
    hosts = {url.split("/")[2] for url in first}
    assert not hosts & {url.split("/")[2] for url in rest}


def test_a_host_is_one_whether_its_own_port_is_named_or_not() -> None:
    switched_on("https://other.example/1", "https://OTHER.example:443/2")
    assert WatchHost.objects.count() == 1


def test_an_engine_that_was_killed_loses_no_visit_and_doubles_none(
    moving_clock: time_machine.Traveller,
) -> None:
    switched_on(*(f"{BOARD}{number}" for number in range(6)))
    killed = DatabaseFrontier()
    given = killed.due(at_most=4)
    killed.saw(given[0], page(at=given[0].url))
    after = DatabaseFrontier(one_pass=True)
    assert list(after.due(at_most=9)) == [], "the other one may still be speaking with this host"
    moving_clock.shift(SILENT_AFTER + timedelta(seconds=1))
    web = {f"{BOARD}{number}": page(at=f"{BOARD}{number}") for number in range(6)}
    visited = visit_all(web, DatabaseFrontier(one_pass=True))
    assert sorted(visited) == sorted(set(web) - {given[0].url})
    killed.saw(given[1], page(PICTURE))
    assert not Sighting.objects.exists(), "its visit belongs to another by now"


def test_an_engine_that_ends_in_order_leaves_its_visits_to_others_at_once() -> None:
    switched_on()
    one = DatabaseFrontier()
    assert one.due(at_most=4)
    let_go(engine=one.engine)
    assert visit_all({BOARD: page()}) == [BOARD]


def test_a_pause_takes_effect_within_what_was_handed_out() -> None:
    list_id = switched_on(*(f"{BOARD}{number}" for number in range(30)))
    second = analyst(people.SECOND_ANALYST).pk
    web = {f"{BOARD}{number}": page(f"{BOARD}{number}.png", at=f"{BOARD}{number}") for number in range(30)}

    def pause(_visit: object) -> None:
        if queries.get_list(list_id).state == "on":
            actions.pause(list_id=list_id, why=WHY, official_id=second)

    visited = visit_all(web, at_most=100, meanwhile=pause)
    assert len(visited) == rules.AT_ONE_HOST
    assert Sighting.objects.count() == len(visited), "what was on its way is kept"


def test_what_comes_back_after_the_end_of_a_list_is_not_kept() -> None:
    list_id = switched_on()
    frontier = DatabaseFrontier()
    (visit,) = frontier.due(at_most=4)
    actions.end(list_id=list_id, why=WHY, official_id=analyst().pk)
    frontier.saw(visit, page(PICTURE))
    assert not Sighting.objects.exists()


def test_the_riskier_list_goes_first_and_within_it_what_vanishes_and_what_holds_its_words(
    moving_clock: time_machine.Traveller,
) -> None:
    calm, risky = "https://calm.example/", "https://risky.example/"
    switched_on(calm, name="A calm one")
    places = [
        Named(url=risky, kind=Kind.PAGE),
        Named(url="https://t.me/s/open", kind=Kind.CHANNEL, vanishes=True),
    ]
    switched_on(name="A risky one", weight=7, phrases=PHRASES, places=places)
    web = {calm: page(at=calm), risky: page(at=risky), "https://t.me/s/open": page(at="https://t.me/s/open")}
    assert visit_all(web, at_most=1) == ["https://t.me/s/open", risky, calm]
    place = WatchPlace.objects.get(rank=max(WatchPlace.objects.values_list("rank", flat=True)))
    moving_clock.shift(timedelta(minutes=1))
    web[calm] = page(at=calm, phrases=frozenset({"p1"}))
    visit_all(web)
    assert WatchPlace.objects.get(pk=place.pk).rank < place.rank


def test_each_miss_makes_the_next_visit_later_and_never_later_than_a_day(
    moving_clock: time_machine.Traveller,
) -> None:
    switched_on()
    pauses = []
    for _ in range(14):
        visit_all({BOARD: Missed(why="http_503")})
        place = WatchPlace.objects.get()
        pauses.append((place.due_at - clock.now()).total_seconds())
        moving_clock.move_to(place.due_at)
    assert pauses[:3] == [60, 120, 240]
    assert pauses[-1] == 86_400
    visit_all({BOARD: page()})
    assert WatchPlace.objects.get().misses == 0


def test_a_host_that_asks_for_patience_gets_it_and_no_more_than_a_day() -> None:
    rhythm = Rhythm(every_s=30, named=True, vanishes=False)
    assert rules.after_a_miss(rhythm, misses=1, retry_after_s=3_600) == timedelta(hours=1)
    assert rules.after_a_miss(rhythm, misses=1, retry_after_s=10**9) == timedelta(days=1)
    assert rules.after_a_miss(rhythm, misses=1, retry_after_s=-5) == timedelta(seconds=60)
    assert rules.after_a_miss(rhythm, misses=10**6, retry_after_s=None) == timedelta(days=1)


def test_a_followed_page_that_rests_is_asked_more_and_more_seldom_and_a_named_one_is_not() -> None:
    followed = Rhythm(every_s=30, named=False, vanishes=False)
    assert rules.after_a_visit(followed, unchanged=3) == timedelta(seconds=240)
    assert rules.after_a_visit(followed, unchanged=10**6) == timedelta(days=1)
    named = Rhythm(every_s=30, named=True, vanishes=False)
    assert rules.after_a_visit(named, unchanged=10**6) == timedelta(seconds=30)


def test_a_calendar_that_never_ends_stays_bounded_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "PER_HOST", 25)
    switched_on(follow_depth=5)

    class Calendar(dict):
        """Every day leads to ten others that nobody has seen yet."""

        def get(self, url, _default=None):  # type: ignore[no-untyped-def]
            return page(at=url, links=[f"{url}{number}/" for number in range(10)])

    visited = visit_all(Calendar())
    assert len(visited) == WatchPlace.objects.count() == 25
    assert Event.objects.filter(name="watching.full").count() == 1
    assert queries.progress_of(WatchList.objects.get()).today["left_out:full"] > 0


def test_links_are_followed_as_deep_as_named_and_only_where_the_list_may_go() -> None:
    switched_on(follow_depth=1, hosts=["more.example"])
    deep, more, away, secret = (
        f"{BOARD}deep",
        "https://more.example/",
        "https://away.example/",
        "https://t.me/+AbCd",
    )
    web = {
        BOARD: page(links=[deep, more, away, secret, "javascript:alert(1)"]),
        deep: page(at=deep, links=[f"{BOARD}deeper"]),
        more: page(at=more),
    }
    assert sorted(visit_all(web)) == sorted([BOARD, deep, more])


def test_an_invitation_is_named_as_a_lead_and_never_opened(moving_clock: time_machine.Traveller) -> None:
    switched_on(follow_depth=2)
    invitation = "https://t.me/+AbCdEfGh"
    web = {BOARD: page(links=[invitation], invitations=[invitation, invitation])}
    assert visit_all(web) == [BOARD]
    moving_clock.shift(timedelta(minutes=1))
    assert visit_all(web) == [BOARD]
    (lead,) = queries.leads_of(WatchList.objects.get(), most=10)
    assert (lead.address, lead.pages) == (invitation, 2)
    assert WatchLead.objects.count() == WatchPlace.objects.count() == 1


def test_a_page_that_was_gone_within_hours_makes_its_host_a_matter_of_seconds(
    moving_clock: time_machine.Traveller,
) -> None:
    switched_on(every_s=3_600, follow_depth=1)
    fleeting = f"{BOARD}fleeting"
    visit_all({BOARD: page(links=[fleeting]), fleeting: page(PICTURE, at=fleeting)})
    moving_clock.shift(timedelta(hours=2))
    visit_all({BOARD: page(links=[fleeting])})
    named = WatchPlace.objects.get(named=True)
    assert WatchHost.objects.get().vanished == 1
    assert named.vanishes
    assert named.due_at - clock.now() <= rules.SOON
    visit_all({BOARD: page()})
    assert WatchPlace.objects.get(gone_at__isnull=False).url == fleeting


def test_words_of_a_list_rank_what_waits_for_a_person_and_ask_for_nothing_by_themselves(
    board, coffee
) -> None:
    """The picture is unknown: however many words stand beside it, nobody is asked to delete anything."""
    board.picture = coffee
    switched_on(phrases=PHRASES)
    visit_all({BOARD: page(PICTURE, phrases=frozenset({"p1", "p2"}))})
    do_all_jobs()
    names = set(Event.objects.values_list("name", flat=True))
    assert "assessment.opened" in names
    assert not {name for name in names if name.startswith(("removal.", "review.", "delivery."))}


def test_with_words_beside_it_a_doubtful_picture_waits_in_front_of_one_without(
    board, coffee, make_known
) -> None:
    from haetae.detect.matching import Tier
    from haetae.flow.tasks.models import Task
    from haetae.flow.urgency import ORDER

    make_known(coffee, tier=Tier.SELF_DECLARED)
    board.picture = coffee
    switched_on(f"{BOARD}a", f"{BOARD}b", phrases=PHRASES)
    visit_all({f"{BOARD}a": page(f"{BOARD}a.png", at=f"{BOARD}a"), f"{BOARD}b": Missed(why="http_503")})
    do_all_jobs()
    WatchPlace.objects.update(due_at=clock.now(), visited_at=None)
    words = page(f"{BOARD}b.png", at=f"{BOARD}b", phrases=frozenset({"p2"}))
    visit_all({f"{BOARD}a": Missed(why="http_503"), f"{BOARD}b": words})
    do_all_jobs()
    first, second = Task.objects.order_by(*ORDER)
    assert first.urgency.worded
    assert not second.urgency.worded
    assert Sighting.objects.get(pk=first.sighting_id).media_url == f"{BOARD}b.png"
    assert first.opened_at > second.opened_at


def test_a_draft_leads_nowhere_and_neither_does_a_silent_engine(moving_clock: time_machine.Traveller) -> None:
    drafted()
    assert queries.watching().drafts == 1
    DatabaseFrontier().due(at_most=1)
    assert queries.watching().engines == 1
    moving_clock.shift(timedelta(minutes=1))
    assert queries.watching().engines == 0


def test_what_a_search_engine_still_keeps_is_a_kind_of_its_own_and_the_engine_is_asked(
    board, coffee, make_known
) -> None:
    """A small copy at the engine's own address: it is examined there, and the engine is asked like any operator."""
    from neighbours import stands

    from haetae.accounts.models import OperatorKind
    from haetae.flow.removal.models import DeletionRequest

    make_known(coffee)
    board.picture = coffee
    engine = stands("search", OperatorKind.SEARCH)
    results = f"{engine.origin}/images"
    switched_on(name="What stays", places=[Named(url=results, kind=Kind.SEARCH)])
    visit_all({results: page(f"{engine.origin}/small/1", at=results)})
    do_all_jobs()
    assert WatchFind.objects.get().kind == "search"
    assert DeletionRequest.objects.get().sighting.operator == engine
    assert [order.notice["recipient"]["kind"] for order in board.orders] == ["search"]
