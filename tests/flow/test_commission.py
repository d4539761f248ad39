"""The review commission: a majority of all seats, nobody biased, rounds, and nothing presumed without a quorum."""

from datetime import date, timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from people_at_work import end_seat, opened_review

from haetae.accounts.models import Official
from haetae.accounts.permissions import GRANTS, Permission, Role, who_may
from haetae.audit.models import Event
from haetae.common import clock
from haetae.documents import render_html
from haetae.documents.document import Language
from haetae.flow.issued.queries import of_subject
from haetae.flow.review import actions as reviews
from haetae.flow.review import queries
from haetae.flow.review.commission import rules
from haetae.flow.review.commission.actions import CannotVoteError, propose, recuse, vote, vote_as_proposed
from haetae.flow.review.commission.queries import ballots, earlier_votes, standing, today
from haetae.flow.review.commission.rules import Ballot, Bias, Outcome, Term, ground_of, tally
from haetae.flow.review.models import Proposal, Review, Vote
from haetae.flow.review.papers import statement_paper
from haetae.flow.review.rules import Reason
from haetae.flow.review.states import State
from haetae.flow.tasks.whose import kinds_for
from tests.commission import STATEMENT, commission_decides, leave_out_hearing, seat_commission

REMOVE, BLOCK, LAWFUL = State.REMOVE, State.BLOCK_ACCESS, State.NOT_HARMFUL
_GROUND = {REMOVE: Reason.NO_CONSENT, BLOCK: Reason.OUT_OF_REACH, LAWFUL: Reason.LAWFUL}


@pytest.mark.parametrize(
    ("votes", "left", "outcome"),
    [
        ([], 9, Outcome.OPEN),
        ([REMOVE] * 4, 5, Outcome.OPEN),
        ([REMOVE] * 5, 4, Outcome.DECIDED),
        ([REMOVE] * 4 + [LAWFUL] * 4, 1, Outcome.OPEN),
        ([REMOVE] * 4 + [LAWFUL] * 4, 0, Outcome.SPLIT),
        ([REMOVE, BLOCK, LAWFUL] * 3, 0, Outcome.SPLIT),
        ([REMOVE] * 2 + [BLOCK] * 2 + [LAWFUL] * 2, 2, Outcome.SPLIT),
        ([], 4, Outcome.NO_QUORUM),
        ([REMOVE] * 3, 1, Outcome.NO_QUORUM),
        ([REMOVE] * 4, 0, Outcome.NO_QUORUM),
    ],
)
def test_a_majority_of_all_seats_decides_and_nothing_else_does(votes, left, outcome) -> None:
    found = tally(votes, needed=5, left=left)
    assert (found.outcome, found.decision) == (outcome, REMOVE if outcome is Outcome.DECIDED else None)


def test_the_ground_is_the_one_most_gave_and_of_two_the_one_that_protects_a_minor() -> None:
    said = [Reason.NO_CONSENT] * 2 + [Reason.MINOR] * 2 + [Reason.MANIPULATED]
    for reasons in set(permutations(said)):
        cast = [Ballot(decision=REMOVE, reason=reason) for reason in reasons]
        assert (
            ground_of([*cast, Ballot(decision=LAWFUL, reason=Reason.LAWFUL)], decision=REMOVE) is Reason.MINOR
        )


def test_a_quorum_is_lost_and_found_by_the_days_on_which_members_come_and_leave() -> None:
    first, lost, found = date(2025, 1, 1), date(2025, 6, 2), date(2026, 3, 2)
    terms = [
        Term(member=str(n), since=first, until=lost - timedelta(days=1) if n < 7 else None) for n in range(9)
    ]
    terms += [Term(member=f"new-{n}", since=found, until=None) for n in range(3)]

    def on(day: date) -> rules.Standing:
        return rules.standing(terms, on=day, seats=9, needed=5)

    assert (on(first - timedelta(days=1)).seated, on(first - timedelta(days=1)).without_since) == (0, None)
    assert on(lost - timedelta(days=1)).has_quorum
    assert (on(lost).seated, on(lost).without_since) == (2, lost)
    assert on(found - timedelta(days=1)).without_since == lost
    assert (on(found).has_quorum, on(found).without_since) == (True, None)


def test_who_reviews_never_fines_and_who_fines_never_decides_about_one_content() -> None:
    fines = {Permission.ENFORCEMENT_PREPARE, Permission.ENFORCEMENT_SIGN}
    decides = {Permission.REVIEW_VOTE, Permission.REVIEW_PREPARE}
    for role, granted in GRANTS.items():
        assert not (granted & fines and granted & decides), role
    assert who_may(Permission.REVIEW_VOTE) == [Role.COMMISSION_MEMBER]
    assert Permission.REVIEW_PREPARE not in GRANTS[Role.COMMISSION_MEMBER]
    assert not kinds_for([Role.COMMISSION_MEMBER]), "members vote; what else waits is prepared by others"


@pytest.fixture
def review_id(db: None) -> UUID:
    """Unsure, and nobody is heard, because it is urgent."""
    return opened_review()


@pytest.fixture
def members(db: None) -> list[Official]:
    return seat_commission(9)


def cast(review_id: UUID, member: Official, decision: State, *, statement: str = STATEMENT) -> State | None:
    return vote(
        review_id=review_id, member_id=member.pk, decision=decision, reason=_GROUND[decision],
        statement=statement, round_=ballots(Review.objects.get(pk=review_id)).round,
    )  # fmt: skip


def state(review_id: UUID) -> str:
    return Review.objects.get(pk=review_id).state


def test_the_fifth_of_nine_decides_and_the_sixth_comes_too_late(review_id, members) -> None:
    for member in members[:4]:
        assert cast(review_id, member, REMOVE) is None
    assert cast(review_id, members[4], LAWFUL) is None
    assert (cast(review_id, members[5], REMOVE), state(review_id)) == (REMOVE, "remove")
    with pytest.raises(CannotVoteError, match="review_over"):
        cast(review_id, members[6], REMOVE)
    assert cast(review_id, members[5], REMOVE) is None, "sent twice it was cast once"
    told = queries.statement_of(review_id)
    assert told is not None
    assert (told.votes_for, told.votes_against, told.recused, told.round) == (5, 1, 0, 1)
    assert (told.reasons, told.follows_proposal) == ([STATEMENT], False)
    assert told.commission_en.startswith("Korea Media Communications Standards Commission")
    assert [heard.exception for heard in told.heard] == ["urgent"]
    assert told.object_until > told.decided_on + timedelta(days=180)
    assert Event.objects.filter(name="review.voted").count() == 6
    (issued,) = of_subject(review_id)
    assert (issued.kind, issued.issued_by, issued.agency_name_ko) == (
        "decision",
        None,
        "방송미디어통신심의위원회",
    )


def test_its_paper_gives_reasons_and_numbers_in_both_languages_and_no_name_and_no_place(
    review_id, members
) -> None:
    recuse(review_id=review_id, member_id=members[8].pk, why=Bias.PARTY)
    for member in members[:5]:
        cast(review_id, member, REMOVE)
    told = queries.statement_of(review_id)
    assert told is not None
    for language, words in (
        (Language.KO, ("삭제", "위원 정수 9명 중 5명의 찬성", "긴급하여 의견 청취를 생략함", "제23조제4항")),
        (Language.EN, ("Remove", "5 of 9 seats must agree", "not heard: it was urgent", "Article 23(4)")),
    ):
        page = render_html(statement_paper(told, language=language))
        for part in (*words, STATEMENT):
            assert part in page, (language, part)
        for secret in ("board.example", "member-", "reviewer-", "/media/"):
            assert secret not in page, (language, secret)


def test_nobody_votes_twice_in_a_round_not_even_around_the_actions(review_id, members) -> None:
    cast(review_id, members[0], REMOVE)
    with pytest.raises(CannotVoteError, match="voted_already"):
        cast(review_id, members[0], LAWFUL)
    with pytest.raises(CannotVoteError, match="voted_already"):
        recuse(review_id=review_id, member_id=members[0].pk, why=Bias.PARTY)
    again = Vote.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_who_does_not_sit_today_does_not_vote(review_id, members) -> None:
    with pytest.raises(CannotVoteError, match="not_a_member"):
        vote(
            review_id=review_id, member_id=uuid4(), decision=LAWFUL, reason=Reason.LAWFUL, statement=STATEMENT,
            round_=1,
        )  # fmt: skip
    end_seat(members[0], today() - timedelta(days=1))
    with pytest.raises(CannotVoteError, match="not_a_member"):
        cast(review_id, members[0], LAWFUL)


def test_a_vote_counts_although_the_member_has_left_since(review_id, members) -> None:
    now = clock.now()
    cast(review_id, members[0], REMOVE)
    end_seat(members[0], today())
    with time_machine.travel(now + timedelta(days=2)):
        for member in members[1:4]:
            assert cast(review_id, member, REMOVE) is None
        assert cast(review_id, members[4], REMOVE) is REMOVE


def test_when_nobody_can_win_any_more_a_new_round_begins_with_what_was_said(review_id, members) -> None:
    for member, decision in zip(members[:8], [REMOVE, BLOCK, LAWFUL] * 3, strict=False):
        cast(review_id, member, decision, statement=f"So says one who means {decision}.")
    review = Review.objects.get(pk=review_id)
    assert (review.state, review.round, ballots(review).tally.cast) == ("open", 2, 0)
    assert Event.objects.get(name="review.split").facts == {"round": 2}
    assert len({said.statement for said in earlier_votes(review, round_=2)}) == 3
    with pytest.raises(CannotVoteError, match="round_over"):
        vote(
            review_id=review_id, member_id=members[0].pk, decision=LAWFUL, reason=Reason.LAWFUL,
            statement=STATEMENT, round_=1,
        )  # fmt: skip
    for member in members[:5]:
        cast(review_id, member, BLOCK)
    assert state(review_id) == "block_access"
    told = queries.statement_of(review_id)
    assert told is not None
    assert (told.round, told.votes_for, told.votes_against) == (2, 5, 0)


def test_four_against_four_is_a_new_round_from_the_day_on_which_the_ninth_has_left(
    review_id, members
) -> None:
    now = clock.now()
    for member, decision in zip(members[:8], [REMOVE, LAWFUL] * 4, strict=True):
        cast(review_id, member, decision)
    end_seat(members[8], today())
    assert ballots(Review.objects.get()).round == 1
    with time_machine.travel(now + timedelta(days=2)):
        assert ballots(Review.objects.get()).round == 2
        cast(review_id, members[0], LAWFUL)
    assert Review.objects.get().round == 2


def test_with_five_who_take_no_part_nothing_is_decided_and_nothing_presumed(review_id, members) -> None:
    for member in members[:5]:
        for _ in range(2):
            recuse(review_id=review_id, member_id=member.pk, why=Bias.OPERATOR)
    for member in members[5:]:
        assert cast(review_id, member, REMOVE) is None
    found = ballots(Review.objects.get())
    assert (found.tally.outcome, found.recused, state(review_id)) == (Outcome.NO_QUORUM, 5, "open")
    assert standing().has_quorum, "for every other review there are enough"
    with pytest.raises(CannotVoteError, match="recused"):
        cast(review_id, members[0], REMOVE)
    assert Event.objects.filter(name="review.recused").count() == 5


def test_nobody_votes_for_what_binds_before_somebody_is_heard(db, members) -> None:
    review_id = opened_review(heard=False)
    for decision in (REMOVE, BLOCK):
        with pytest.raises(CannotVoteError, match="not_heard"):
            cast(review_id, members[0], decision)
    assert cast(review_id, members[0], LAWFUL) is None
    leave_out_hearing(review_id)
    assert cast(review_id, members[1], REMOVE) is None


def test_what_is_gone_is_not_decided(review_id, members) -> None:
    reviews.end_as_moot(sighting_id=Review.objects.get().sighting_id)
    with pytest.raises(CannotVoteError, match="review_moot"):
        cast(review_id, members[0], REMOVE)
    with pytest.raises(CannotVoteError, match="review_moot"):
        propose(
            review_id=review_id, official_id=members[0].pk, decision=REMOVE, reason=Reason.MINOR,
            statement=STATEMENT,
        )  # fmt: skip


def test_the_decision_that_follows_the_proposal_says_its_words_first_and_once(review_id, members) -> None:
    text = {"decision": REMOVE, "reason": Reason.MINOR}
    for statement in ("The first draft, which is renewed.", "The person in it is fifteen."):
        propose(review_id=review_id, official_id=uuid4(), statement=statement, **text)
    first, second = Proposal.objects.order_by("at")
    with pytest.raises(CannotVoteError, match="proposal_renewed"):
        vote_as_proposed(review_id=review_id, member_id=members[0].pk, proposal_id=first.pk)
    vote(review_id=review_id, member_id=members[4].pk, statement="As I read it, a child.", round_=1, **text)
    with pytest.raises(CannotVoteError, match="votes_cast"):
        propose(review_id=review_id, official_id=uuid4(), statement="Too late for that now.", **text)
    for member in members[:4]:
        for _ in range(2):
            vote_as_proposed(review_id=review_id, member_id=member.pk, proposal_id=second.pk)
    told = queries.statement_of(review_id)
    assert told is not None
    assert (told.reason, told.follows_proposal, told.votes_for) == (Reason.MINOR, True, 5)
    assert told.reasons == ["The person in it is fifteen.", "As I read it, a child."]


def test_one_of_the_majority_who_sees_a_minor_is_enough_to_protect_one_and_one_outvoted_is_not(
    review_id, members
) -> None:
    def say(member: Official, reason: Reason, decision: State = REMOVE) -> None:
        vote(
            review_id=review_id, member_id=member.pk, decision=decision, reason=reason, statement=STATEMENT,
            round_=1,
        )  # fmt: skip

    say(members[0], Reason.MINOR)
    for member in members[1:5]:
        say(member, Reason.MANIPULATED)
    assert queries.reason_of(review_id) == Reason.MANIPULATED
    lineage = Review.objects.get().request.assessment.lineage_id
    assert queries._decided_about_minors().count() == 1
    assert queries.decided_about_a_minor(lineage) == (lineage is not None)
    other = opened_review(2)
    vote(
        review_id=other, member_id=members[0].pk, decision=REMOVE, reason=Reason.MINOR, statement=STATEMENT,
        round_=1,
    )  # fmt: skip
    commission_decides(other, decision=LAWFUL, reason=Reason.LAWFUL, members=members[1:6])
    assert queries._decided_about_minors().count() == 1
