"""An officer forbids for a time that evidence is destroyed, and is shown nothing of the case by it."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import translation

from haetae.agencies.support import queries
from haetae.agencies.support.destroying.actions import destroy_case
from haetae.agencies.support.destroying.queries import explain
from haetae.agencies.support.models import Hold
from haetae.agencies.support.retention.actions import set_hold
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import Age
from haetae.flow.arrival.actions import register_sighting, report_located
from haetae.flow.arrival.states import Source
from haetae.hashbank.models import KnownPicture
from haetae.web.words.destroying import ended_words, ending_words
from tests.agencies.ending import LINK, SAID, WRITTEN, order, whole_case

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(visitor, officer):
    browser = visitor("en")
    browser.force_login(officer)
    return browser


def _sent(about: object, /, **changed: object) -> dict[str, object]:
    plain = {
        "about": str(about),
        "reason": "investigation",
        "keeps": ["told", "links"],
        "reference": "2026-1234",
        "until": "2026-12-31",
        "form_key": str(uuid4()),
    }
    return {**plain, **changed}


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_officer_holds_a_case_by_its_number_until_the_end_of_a_day_in_seoul(desk, officer):
    case = whole_case().case
    answer = desk.post("/console/holds/set/", _sent(case.pk))
    assert answer.headers["Location"] == "/console/holds/#standing"
    hold = Hold.objects.get()
    assert hold.until == datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
    assert (hold.official_id, hold.keeps, hold.source) == (officer.pk, ["links", "told"], "svp 7-3(3)")
    page = _page(desk.get("/console/holds/"))
    assert "Ends by itself after 2026-12-31" in page
    assert "2026-1234" in page
    assert str(case.pk) in page


def test_the_page_shows_nothing_that_a_person_told(desk):
    opened = whole_case()
    desk.post("/console/holds/set/", _sent(opened.case.pk))
    page = desk.get("/console/holds/").content.decode()
    assert not [said for said in [*SAID.values(), WRITTEN, LINK] if said in page]
    assert opened.case.lookup not in page


def test_an_officer_holds_every_case_in_which_a_link_was_told(desk):
    cases = [whole_case().case for _ in range(2)]
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.png", source=Source.REPORT)
    for case in cases:
        report_located(report_id=queries.reports_of(case)[0].pk, sighting_ids=[place])
    desk.post("/console/holds/set/", _sent(LINK))
    assert set(Hold.objects.values_list("case_id", flat=True)) == {case.pk for case in cases}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"about": "nonsense"}, "There is no case with this number"),
        ({"about": str(uuid4())}, "There is no case with this number"),
        ({"about": "https://elsewhere.example/1"}, "No case holds this link"),
        ({"reason": "curiosity"}, "Choose what it is needed for"),
        ({"keeps": ["everything"]}, "Choose at least one thing"),
        ({"reference": ""}, "Give the number of your file"),
        ({"reference": "two words"}, "Write no names here"),
        ({"until": "soon"}, "Give the last day"),
        ({"until": "9999-12-31"}, "Give the last day"),
        ({"until": "2026-11-25"}, "This day is over"),
        ({"until": "2027-11-26"}, "A hold lasts a year at most"),
    ],
)
def test_what_cannot_be_held_is_refused_with_a_sentence_and_nothing_typed_is_lost(desk, changed, words):
    sent = _sent(whole_case().case.pk, **changed)
    answer = desk.post("/console/holds/set/", sent)
    assert answer.status_code == 422
    page = _page(answer)
    assert words in page
    for name in ("about", "reference", "until", "form_key"):
        assert f'value="{sent[name]}"' in page
    assert not Hold.objects.exists()


def test_today_can_be_the_last_day_and_so_can_the_last_one_that_is_offered(desk):
    case = whole_case().case
    last = re.search(
        r'max="([0-9-]+)" required aria-describedby="until-why"', _page(desk.get("/console/holds/"))
    )
    assert last
    assert last[1] == "2027-11-25"
    for day in ("2026-11-26", last[1]):
        assert desk.post("/console/holds/set/", _sent(case.pk, until=day)).status_code == 302


def test_the_same_form_sent_twice_is_one_hold_and_it_ends_once(desk, officer):
    sent = _sent(whole_case().case.pk)
    for _ in range(2):
        desk.post("/console/holds/set/", sent)
    hold = Hold.objects.get()
    for _ in range(2):
        assert desk.post(f"/console/holds/{hold.pk}/end/").status_code == 302
    hold.refresh_from_db()
    assert (hold.ended_at, hold.ended_by) == (NOW, officer)
    assert "Nothing is held." in _page(desk.get("/console/holds/"))
    assert desk.post(f"/console/holds/{uuid4()}/end/").status_code == 404


def test_no_other_role_sets_or_ends_one_also_when_it_is_posted_directly(counsellor, control_room, officer):
    case = whole_case().case
    hold = set_hold(case_id=case.pk, order=order(officer))
    for browser in (counsellor, control_room):
        for where in ("/console/holds/set/", f"/console/holds/{hold.pk}/end/"):
            assert browser.post(where, _sent(case.pk)).status_code == 403
    hold.refresh_from_db()
    assert (hold.ended_at, Hold.objects.count()) == (None, 1)


def test_the_person_reads_what_goes_what_stays_and_why(officer):
    opened = whole_case()
    set_hold(case_id=opened.case.pk, order=order(officer, keeps=[Part.TOLD, Part.LINKS]))
    with translation.override("en"):
        said = ending_words(explain(opened.case))
        assert said.goes == [
            "your name and how to reach you",
            "your messages and the answers to them",
            "the fingerprints of your pictures",
        ]
        assert [one.why for one in said.stays] == [
            "The police need this as evidence. It stays until 26 December 2026:"
        ]
        assert said.stays[0].what == ["what you wrote about it", "the links you sent"]
        assert "we keep it until 26 November 2031" in said.otherwise
        assert not any("checked" in line for line in said.also)
        record = destroy_case(opened=opened)
        assert dict(ended_words(record)) == {"texts that you wrote": 2, "messages": 1, "fingerprints": 1}


def test_for_somebody_under_19_it_is_said_that_it_is_kept_for_good_and_what_goes_on_finding_copies():
    opened = whole_case(age=Age.UNDER_19)
    KnownPicture.objects.update(tier=2)
    for language, for_good, copies in (
        ("en", "kept for good", "They go on finding copies."),
        ("ko", "19세 미만", "계속 복사본을 찾아요"),
    ):
        with translation.override(language):
            said = ending_words(explain(opened.case))
            assert for_good in said.otherwise
            assert any(copies in line for line in said.also)
