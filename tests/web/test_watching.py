"""Watch lists clicked through by two analysts, and closed to everybody who does not detect or stand by people."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from haetae.accounts.permissions import Role
from haetae.audit.models import Event
from haetae.common import clock
from haetae.connectors.crawling.base import Missed
from haetae.flow.arrival.watching import actions, rules, saying
from haetae.flow.arrival.watching.models import WatchList, WatchPlace
from haetae.flow.arrival.watching.states import Kind, State
from haetae.pages import private
from haetae.web.words.watching import KINDS, STATES, visit_words, watch_refusal
from tests import people
from tests.commission import seat
from tests.watching import BOARD, PHRASES, WHY, analyst, drafted, page, switched_on, visit_all

pytestmark = pytest.mark.django_db
PICTURE = f"{BOARD}pictures/1.png"
INVITATION = "https://t.me/+AbCdEfGh"


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def form(**changed: str) -> dict[str, str]:
    until = timezone.localdate(clock.now() + timedelta(days=30)).isoformat()
    known = {
        "name": "Boards of the story", "purpose": WHY, "basis": "deletion_support", "until": until, "page": BOARD,
        "every": "30", "depth": "1", "weight": "3", "phrases": "\r\n".join(PHRASES),
    }  # fmt: skip
    return {**known, **changed}


def test_one_drafts_another_switches_on_and_both_read_how_it_goes(browser_of):
    goo, pyo = browser_of(analyst()), browser_of(analyst(people.SECOND_ANALYST), "ko")
    drafted_ = goo.post(reverse("console:watch_new"), form(), follow=True)
    address = drafted_.redirect_chain[-1][0]
    assert "You drafted it yourself. Another official must switch it on." in drafted_.content.decode()
    refused = goo.post(f"{address}confirm/")
    assert refused.status_code == 409
    assert Event.objects.get(name="watching.refused").facts == {"code": "watch_same_person"}
    assert pyo.post(f"{address}confirm/").status_code == 302
    visit_all({BOARD: page(PICTURE, invitations=[INVITATION], phrases=frozenset({"p1"}))})
    text = pyo.get(address).content.decode()
    assert "주소 1개 중 1개를 방문했습니다" in text
    assert INVITATION in text
    assert f'href="{INVITATION}' not in text, "nobody is led there by a click"
    assert "1" in text.split("새로 찾은 사진")[1][:60]


def test_what_is_wrong_with_a_draft_stands_beside_its_field_and_what_was_typed_stays(browser_of):
    answer = browser_of(analyst(), "ko").post(
        reverse("console:watch_new"), form(channel=f"https://t.me/s/open\r\n{INVITATION}")
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    wrong = text.split('id="channel-wrong">')[1].split("</span>")[0]
    assert "초대 링크입니다" in wrong
    assert INVITATION in text.split('id="channel-wrong">')[1][:400]
    assert WHY in text
    assert not WatchList.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"until": ""}, "until"),
        ({"every": "often"}, "every"),
        ({"depth": "9"}, "depth"),
        ({"weight": "x"}, "weight"),
        ({"basis": "because"}, "basis"),
        ({"name": ""}, "name"),
        ({"hosts": "https://board.example/"}, "hosts"),
        ({"phrases": "x"}, "phrases"),
        ({"page": "tg://join"}, "page"),
        ({"page": ""}, "page"),
    ],
)
def test_each_refusal_names_its_field(browser_of, changed, field):
    answer = browser_of(analyst()).post(reverse("console:watch_new"), form(**changed))
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.content.decode()


def test_pause_and_end_need_a_reason_and_the_page_says_so(browser_of):
    list_id = switched_on()
    browser, address = browser_of(analyst()), reverse("console:watched", args=[list_id])
    refused = browser.post(f"{address}pause/", {"why": "no"})
    assert refused.status_code == 409
    assert "Say why, in 10 to 2,000 characters." in refused.content.decode()
    assert browser.post(f"{address}pause/", {"why": WHY}).status_code == 302
    assert browser.post(f"{address}resume/", {"why": WHY}).status_code == 302
    assert browser.post(f"{address}end/", {"why": WHY}).status_code == 302
    assert WatchList.objects.get().state == "ended"


def test_whoever_switched_it_on_does_not_extend_it(browser_of):
    list_id = switched_on()
    until = timezone.localdate(clock.now() + timedelta(days=60)).isoformat()
    address = reverse("console:watch_extend", args=[list_id])
    sent = {"until": until, "why": WHY}
    refused = browser_of(analyst(people.SECOND_ANALYST)).post(address, sent)
    assert refused.status_code == 409
    assert "watch_extended_same_person" in {
        row.facts["code"] for row in Event.objects.filter(name="watching.refused")
    }
    assert browser_of(analyst()).post(address, sent).status_code == 302
    assert timezone.localtime(WatchList.objects.get().until).date().isoformat() == until


def test_everything_is_stopped_and_goes_on_by_a_button(browser_of):
    switched_on()
    browser = browser_of(analyst())
    assert browser.post(reverse("console:watch_stop"), {"why": "x"}).status_code == 409
    browser.post(reverse("console:watch_stop"), {"why": WHY})
    assert "Everything stands still." in browser.get(reverse("console:watching")).content.decode()
    assert visit_all({BOARD: page()}) == []
    browser.post(reverse("console:watch_go_on"))
    assert visit_all({BOARD: page()}) == [BOARD]


def test_misses_are_said_in_words(browser_of):
    list_id = switched_on(BOARD, f"{BOARD}2")
    visit_all({BOARD: Missed(why="robots"), f"{BOARD}2": Missed(why="network_timeout")})
    text = browser_of(analyst(), "ko").get(reverse("console:watched", args=[list_id])).content.decode()
    assert "robots.txt가 방문하지 말라고 함" in text
    assert "제때 응답하지 않음" in text


def test_counsellors_read_and_change_nothing(browser_of, counsellor):
    list_id = drafted()
    address = reverse("console:watched", args=[list_id])
    assert counsellor.get(address).status_code == 200
    for verb in ("confirm", "pause", "end", "extend"):
        assert counsellor.post(f"{address}{verb}/", {"why": WHY}).status_code == 403
    assert counsellor.get(reverse("console:watch_new")).status_code == 403
    assert WatchList.objects.get().state == "draft"


def test_an_auditor_reads_counts_and_nothing_that_is_watched(auditor):
    switched_on()
    visit_all({BOARD: page(PICTURE)})
    text = auditor.get(reverse("console:health")).content.decode()
    assert "1 on, 0 paused, 0 drafts" in text
    assert "board.example" not in text
    assert auditor.get(reverse("console:watching")).status_code == 403


def test_nobody_else_sees_what_is_watched(browser_of, policy_lead, control_room, regulator, visitor):
    address = reverse("console:watched", args=[drafted()])
    officer = browser_of(seat(people.OFFICER, Role.POLICE_OFFICER, agency="police"))
    assert [one.get(address).status_code for one in (policy_lead, control_room, regulator, officer)] == [
        403
    ] * 4
    assert visitor().get(address).status_code == 302


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_state_kind_refusal_and_miss_is_worded(language):
    assert set(STATES) == set(State)
    assert set(KINDS) == set(Kind)
    source = "".join(Path(str(one.__file__)).read_text(encoding="utf-8") for one in (rules, private, actions))
    codes = set(re.findall(r'"(watch_[a-z_]+)[":]', source)) - {"watch_list", "watch_ends"}
    codes |= {
        f"watch_{code}"
        for code in ("link_missing", "link_too_long", "link_without_scheme", "link_with_spaces")
    }
    assert len(codes) > 25
    with translation.override(language):
        for code in codes | {"watch_until"}:
            assert watch_refusal(code) != code, code
            assert "%(" not in watch_refusal(code)
        for code in (
            "robots", "robots_unreachable", "banned", "outside", "too_many_hops", "engine_error", "http_503",
            "network_timeout", "network_dns", "network_tls", "network_too_large", "refused_userinfo",
            "refused_redirect_address", "unreadable_bad_gzip", "unreadable_costly_page", "unchanged", "",
        ):  # fmt: skip
            assert visit_words(code) != code, code


def test_commands_say_what_the_pages_say():
    with translation.override("en"):
        for code in saying._SENTENCES:
            assert saying.why_not(code) == watch_refusal(code)


def test_what_is_shown_of_a_long_list_is_bounded(browser_of):
    list_id = switched_on(*(f"{BOARD}{number}" for number in range(150)))
    text = browser_of(analyst()).get(reverse("console:watched", args=[list_id])).content.decode()
    assert WatchPlace.objects.count() == 150
    assert text.count('<p class="address">') == 100
    assert "The first 100 of them." in text
