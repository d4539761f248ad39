"""Who may vote and who may propose: by the pages, and by a form that is sent without one."""

import re

import pytest

from haetae.accounts.models import Official
from haetae.audit.models import Event
from haetae.flow.review.commission.actions import propose, recuse
from haetae.flow.review.commission.rules import Bias
from haetae.flow.review.models import Proposal, Recusal, Review, Vote
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from tests import people
from tests.commission import commission_decides, leave_out_hearing, seat
from tests.web import sightings

STATEMENT = "The face was put onto another body; the person in it has asked for its removal."
OWN = {"ground": "not_harmful:lawful", "statement": STATEMENT, "confirm": "1", "round": "1"}


def _page(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def _refused() -> list[str]:
    return [event.facts["code"] for event in Event.objects.filter(name="review.refused").order_by("pk")]


def _proposed(review_id, reviewer):
    return propose(
        review_id=review_id, official_id=reviewer.pk, decision=State.REMOVE, reason=Reason.MINOR,
        statement=STATEMENT,
    )  # fmt: skip


def test_the_five_most_urgent_are_voted_on_as_proposed_with_one_key_each(bench, reviewer):
    waiting = [sightings.contested(number) for number in range(1, 6)]
    for review_id in waiting:
        leave_out_hearing(review_id)
        _proposed(review_id, reviewer)
    where, seen = f"/console/reviews/{waiting[0]}/", []
    while (here := re.search(r"/console/reviews/([0-9a-f-]{36})/", where)) is not None:
        page = _page(bench.get(where))
        assert re.search(r'<button class="button" data-act="v">', page)
        seen.append(here[1])
        sent = {"proposal": re.search(r'name="proposal" value="([^"]+)"', page)[1]}
        where = bench.post(f"/console/reviews/{here[1]}/vote/", sent).headers["Location"]
    assert seen == [str(review_id) for review_id in waiting]
    assert where == f"/console/reviews/?voted={waiting[-1]}"
    votes = list(Vote.objects.all())
    assert {(vote.decision, vote.reason, vote.statement) for vote in votes} == {
        ("remove", "minor", STATEMENT)
    }


def test_before_anybody_is_heard_only_what_may_stay_can_be_voted_for(bench, reviewer):
    review_id = sightings.contested()
    proposal_id = _proposed(review_id, reviewer)
    page = _page(bench.get(f"/console/reviews/{review_id}/"))
    assert re.search(r'data-act="v" disabled', page)
    assert "nobody heard yet" in page
    answer = bench.post(f"/console/reviews/{review_id}/vote/", {"proposal": proposal_id})
    assert answer.status_code == 409
    assert "The operator was not heard yet." in _page(answer)
    assert _refused() == ["not_heard"]
    assert bench.post(f"/console/reviews/{review_id}/vote/", OWN).status_code == 302


def test_who_takes_no_part_does_not_vote_and_a_direct_try_is_recorded(bench):
    review_id = sightings.contested()
    where = f"/console/reviews/{review_id}"
    assert bench.post(f"{where}/recuse/", {"why": "bored"}).status_code == 422
    answer = bench.post(f"{where}/recuse/", {"why": "operator"})
    assert answer.headers["Location"] == f"/console/reviews/?voted={review_id}"
    assert "You take no part in" in _page(bench.get(answer.headers["Location"]))
    page = _page(bench.get(f"{where}/"))
    assert "You take no part in this one." in page
    assert 'name="ground"' not in page
    answer = bench.post(f"{where}/vote/", OWN)
    assert answer.status_code == 409
    assert "You take no part in this one, so you do not vote on it." in _page(answer)
    assert (_refused(), Vote.objects.count(), Recusal.objects.count()) == (["recused"], 0, 1)


def test_the_secretariat_proposes_and_renews_until_somebody_votes_and_never_votes(
    control_room, bench, reviewer
):
    review_id = sightings.contested()
    where = f"/console/reviews/{review_id}"
    sent = {"ground": "remove:minor", "statement": STATEMENT}
    assert control_room.post(f"{where}/propose/", {**sent, "statement": "short"}).status_code == 422
    for _ in range(2):
        assert control_room.post(f"{where}/propose/", sent).headers["Location"] == f"{where}/"
    assert Proposal.objects.count() == 1
    renewed = {**sent, "statement": f"{STATEMENT} She is fifteen."}
    control_room.post(f"{where}/propose/", renewed)
    page = _page(control_room.get(f"{where}/"))
    assert "She is fifteen." in page
    assert "data-act=" not in page.replace('data-act="n"', "")
    old = bench.post(f"{where}/vote/", {"proposal": Proposal.objects.earliest("at").pk})
    assert "The proposal has been renewed." in _page(old)
    bench.post(f"{where}/vote/", OWN)
    answer = control_room.post(f"{where}/propose/", sent)
    assert answer.status_code == 409
    assert "Somebody has voted on the proposal that stands" in _page(answer)
    assert control_room.post(f"{where}/vote/", OWN).status_code == 403
    assert _refused() == ["votes_cast", "not_permitted"]


@pytest.mark.parametrize("whose", ["regulator", "counsellor", "moderator", "policy_lead"])
def test_a_form_sent_by_somebody_who_may_not_changes_nothing_and_stands_in_the_record(request, whose):
    browser, review_id = request.getfixturevalue(whose), sightings.contested()
    if whose == "moderator":  # signed in at the operators' door, which opens none of ours; so, as if it did
        assert "/sign-in/" in browser.post(f"/console/reviews/{review_id}/vote/", OWN).headers["Location"]
        browser.force_login(Official.objects.get(username=people.MODERATOR.name))
    for verb in ("vote", "recuse", "propose"):
        answer = browser.post(f"/console/reviews/{review_id}/{verb}/", OWN)
        assert answer.status_code == 403
    assert _refused() == ["not_permitted"] * 3
    assert not Vote.objects.exists()
    assert Review.objects.get().state == "open"


def test_the_regulator_reads_who_decides_and_the_decision_with_its_reasons(regulator, bench):
    review_id = sightings.contested()
    page = _page(regulator.get(f"/console/reviews/{review_id}/"))
    assert "You may read this. The members of the commission decide." in page
    assert 'name="ground"' not in page
    assert "It belongs to: commission member." in _page(
        regulator.post(f"/console/reviews/{review_id}/vote/", OWN)
    )
    recuse(review_id=review_id, member_id=seat(people.MEMBERS[6]).pk, why=Bias.EARLIER)
    commission_decides(review_id, decision=State.REMOVE, reason=Reason.MINOR, statement=STATEMENT)
    page = _page(regulator.get(f"/console/reviews/{review_id}/"))
    assert "Statement of reasons" in page
    assert page.count(STATEMENT) == 1
    assert "5 for, 0 against; of 9 seats 5 must agree" in page
    assert "left out, as the law allows: urgent" in page
    assert "The operator gets the decision and must delete." in page
    assert "Article 23(4)" in page
    assert people.CHAIR.name not in page


def test_without_a_quorum_the_queue_says_so_aloud_and_nothing_is_presumed(control_room):
    for person in people.MEMBERS[:3]:
        seat(person)
    review_id = sightings.contested()
    for where in ("/console/reviews/", f"/console/reviews/{review_id}/"):
        page = _page(control_room.get(where))
        assert "No quorum: 3 of 9 seats are filled, and 5 members must agree." in page
        assert "nothing is presumed" in page


def test_a_member_is_shown_decisions_and_not_the_work_of_others(bench):
    page = bench.get("/console/").content.decode()
    for elsewhere in ("/console/tasks/", "/console/lost/", "/console/health/", "/console/operators/"):
        assert f'href="{elsewhere}"' not in page
        assert bench.get(elsewhere).status_code == 403
    assert 'href="/console/reviews/"' in page


def test_the_forms_say_who_reads_what_is_written_and_whoever_posted_it_does_not(bench, control_room):
    page = f"/console/reviews/{sightings.contested()}/"
    votes, proposes = (client.get(page).content.decode() for client in (bench, control_room))
    assert "If it becomes the decision, the operator reads it: name nobody." in votes
    assert "The operator reads it with the decision: name nobody." in proposes
    assert "whoever posted it may read" not in votes + proposes
