"""The pages of evidence: an officer has a page kept, custodians hold it, and nobody else learns that there is any."""

from datetime import timedelta

import pytest
from django.urls import reverse

from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.keeping.boxes import new_identity, public_half
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.states import State
from haetae.audit.models import Event
from haetae.common import clock
from tests import people
from tests.evidence import REASON, held_page, keeper, public_page, sealed_page, stamping, stored_file
from tests.investigations import SECRET_NAME, begin_file, custodian, officer
from tests.work import do_all_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path):
    with public_page() as opened, stamping(tmp_path / "authority"):
        yield opened


@pytest.fixture
def browser_of(visitor):
    def signed_in(official, language="en"):
        browser = visitor(language)
        browser.force_login(official)
        return browser

    return signed_in


def use(min_, **more):
    return {"purpose": "same_or_related_offence", "reason": REASON, "identity": min_.identity, **more}


def test_an_officer_has_a_page_kept_and_sees_how_it_stands(site, browser_of):
    keeper()
    park = officer()
    opened, browser = begin_file(park), browser_of(park)
    page = reverse("console:investigation_evidence", args=[opened.investigation.pk])
    asked = browser.post(page, {"address": f"{site.origin}/p/17"}, follow=True)
    assert "being fetched" in asked.content.decode()
    do_all_jobs()
    shown = browser.get(asked.redirect_chain[-1][0]).content.decode()
    assert "sealed, waiting for a custodian" in shown
    assert Evidence.objects.get().manifest_digest in shown
    assert f"{site.origin}/p/17" in browser.get(page).content.decode()


def test_what_is_no_address_is_said_and_nothing_is_lost(browser_of):
    keeper()
    park = officer()
    opened = begin_file(park)
    page = reverse("console:investigation_evidence", args=[opened.investigation.pk])
    answer = browser_of(park, "ko").post(page, {"address": "heron.example/17"})
    assert answer.status_code == 409
    assert "heron.example/17" in answer.content.decode()
    assert "https://" in answer.content.decode()
    assert Event.objects.get(name="investigations.refused").facts == {"code": "evidence_address"}


def test_a_stranger_to_the_file_finds_no_evidence(site, browser_of):
    evidence = None
    keeper()
    evidence = sealed_page(site)
    page = reverse("console:investigation_evidence_one", args=[evidence.investigation_id, evidence.pk])
    assert browser_of(officer()).get(page).status_code == 200
    assert browser_of(officer(people.THIRD_OFFICER)).get(page).status_code == 404
    assert browser_of(custodian()).get(page).status_code == 403


def test_a_piece_of_another_file_is_not_reached_through_ones_own(site, browser_of):
    keeper()
    evidence = sealed_page(site)
    gwak = officer(people.THIRD_OFFICER)
    own = begin_file(gwak)
    page = reverse("console:investigation_evidence_one", args=[own.investigation.pk, evidence.pk])
    assert browser_of(gwak).get(page).status_code == 404


def test_a_custodian_registers_a_key_takes_opens_and_hands_out(site, browser_of):
    min_ = custodian()
    identity, browser = new_identity(), browser_of(min_)
    assert browser.post(reverse("console:evidence_key"), {"recipient": identity}).status_code == 422
    browser.post(reverse("console:evidence_key"), {"recipient": public_half(identity)})
    piece = sealed_page(site).pk
    assert str(piece) in browser.get(reverse("console:evidence")).content.decode()
    browser.post(reverse("console:evidence_take", args=[piece]))
    told = {"purpose": "same_or_related_offence", "reason": REASON, "identity": identity}
    opened = browser.post(reverse("console:evidence_open", args=[piece]), told)
    assert "A heron by the lake" in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    out = browser.post(
        reverse("console:evidence_export", args=[piece]), {**told, "reference": "2026고단1234"}
    )
    assert out["Content-Type"] == "application/zip"
    assert out.content[:2] == b"PK"
    browser.post(reverse("console:evidence_release", args=[piece]), told)
    assert queries.get_evidence(piece).state == State.RELEASED
    everywhere = str(list(Event.objects.values()))
    assert identity not in everywhere
    assert SECRET_NAME not in browser.get(reverse("console:evidence_one", args=[piece])).content.decode()


def test_it_is_given_and_received_by_two(site, browser_of):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    page = reverse("console:evidence_one", args=[piece])
    his, hers = browser_of(min_.official), browser_of(ha.official)
    assert hers.get(page).status_code == 404
    his.post(reverse("console:evidence_give", args=[piece]), {"to": str(ha.official.pk)})
    assert "I have received it" in hers.get(page).content.decode()
    hers.post(reverse("console:evidence_receive", args=[piece]))
    assert queries.get_evidence(piece).holder_id == ha.official.pk
    assert his.get(page).status_code == 404


def test_what_another_holds_is_not_there_and_what_was_tried_is_written_down(site, browser_of):
    min_, ha = keeper(), keeper(people.SECOND_CUSTODIAN)
    piece = held_page(site, min_)
    tried = browser_of(ha.official).post(reverse("console:evidence_open", args=[piece]), use(ha))
    assert tried.status_code == 404
    assert Event.objects.get(name="evidence.refused").facts == {"code": "evidence_not_held"}


def test_whoever_asked_for_its_destruction_does_not_confirm_it_also_when_it_is_posted(
    site, browser_of, monkeypatch
):
    min_ = keeper()
    piece = held_page(site, min_)
    moment = clock.now() + timedelta(days=3653)
    monkeypatch.setattr(clock, "now", lambda: moment)
    browser = browser_of(min_.official)
    browser.post(reverse("console:evidence_destroy", args=[piece]))
    answer = browser.post(reverse("console:evidence_confirm", args=[piece]))
    assert answer.status_code == 409
    assert Event.objects.get(name="evidence.refused").facts == {"code": "evidence_same_person"}
    assert stored_file(queries.get_evidence(piece)).exists()


def test_without_a_lawful_purpose_it_stays_shut_and_the_page_says_why(site, browser_of):
    min_ = keeper()
    piece = held_page(site, min_)
    browser = browser_of(min_.official, "ko")
    tried = browser.post(reverse("console:evidence_open", args=[piece]), use(min_, purpose="training"))
    text = tried.content.decode()
    assert tried.status_code == 409
    assert "법이 허용하는 목적" in text
    assert REASON in text
    assert min_.identity not in text


def test_damage_is_red_and_somebody_says_what_was_done(site, browser_of):
    min_ = keeper()
    piece = held_page(site, min_)
    stored_file(queries.get_evidence(piece)).write_bytes(b"spoilt")
    browser, page = browser_of(min_.official), reverse("console:evidence_one", args=[piece])
    assert browser.post(reverse("console:evidence_open", args=[piece]), use(min_)).status_code == 409
    do_all_jobs()
    assert 'role="alert"' in browser.get(page).content.decode()
    assert "not what it was" in browser.get(reverse("console:evidence")).content.decode()
    settle = reverse("console:evidence_settle", args=[piece])
    assert browser.post(settle, {"note": ""}).status_code == 409
    browser.post(settle, {"note": "Taken from the backup of Tuesday."})
    assert settle not in browser.get(page).content.decode()


def test_a_hold_is_set_and_ended_on_the_page(site, browser_of):
    min_ = keeper()
    piece = held_page(site, min_)
    browser, page = browser_of(min_.official), reverse("console:evidence_one", args=[piece])
    last = browser.get(page).context["last_day"].isoformat()
    browser.post(reverse("console:evidence_hold", args=[piece]), {"reason": REASON, "until": last})
    hold = queries.get_evidence(piece).holds.get()
    assert "End the hold of" in browser.get(page).content.decode()
    browser.post(reverse("console:evidence_hold_end", args=[piece]), {"hold": str(hold.pk)})
    hold.refresh_from_db()
    assert hold.ended_at is not None


def test_a_written_record_is_locked_away_and_not_shown_to_the_officer_again(browser_of, site):
    keeper()
    park = officer()
    opened, browser = begin_file(park), browser_of(park)
    page = reverse("console:investigation_evidence", args=[opened.investigation.pk])
    sent = {"material": "The seller named a price at 21:04.", "origin": "undercover"}
    kept = browser.post(page, sent, follow=True).content.decode()
    assert "material of an undercover operation" in kept
    assert "21:04" not in kept
