"""What a counsellor may do on the page of a case: each form is one action."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render

from haetae.accounts.actions import official_actor
from haetae.agencies.referrals import actions as referrals
from haetae.agencies.referrals import queries as referred
from haetae.agencies.referrals.states import Returned, To
from haetae.agencies.support import receipt
from haetae.agencies.support.actions import CannotWriteError, write_message
from haetae.agencies.support.consent import actions as consents
from haetae.agencies.support.consent.states import Giver, How, Kind, Paper
from haetae.agencies.support.desk import actions as desk
from haetae.agencies.support.desk.states import HandedOn, Part, Proof, Reason, SeenTo
from haetae.agencies.support.desk.states import Told as GuardianTold
from haetae.agencies.support.queries import get_case
from haetae.agencies.support.recovery import actions as recovery
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Circumstance, IdentityCheck, Recovery, Relation, Text
from haetae.flow.steps.referring import hand_over
from haetae.web.console.cases.acting import Sent, View, act


def open_(sent: Sent) -> None:
    part, reason = sent.one("part", Part), sent.maybe("reason", Reason)
    desk.open_for_work(case_id=sent.case_id, official_id=sent.official_id, part=part, reason=reason)


def take(sent: Sent) -> None:
    desk.take_on(case_id=sent.case_id, official_id=sent.official_id)


def hand(sent: Sent) -> None:
    why = sent.one("why", HandedOn)
    desk.hand_on(case_id=sent.case_id, official_id=sent.official_id, to_id=sent.id("to"), why=why)


def seen(sent: Sent) -> None:
    desk.see_to(case_id=sent.case_id, official_id=sent.official_id, how=sent.one("how", SeenTo))


def correct(sent: Sent) -> None:
    to = desk.Correction(
        relation=sent.one("relation", Relation),
        age=sent.one("age", Age),
        circumstances=sent.several("circumstance", Circumstance),
        proof=sent.maybe("proof", Proof) or Proof.NONE,
    )
    desk.correct(case_id=sent.case_id, official_id=sent.official_id, to=to)


def home(sent: Sent) -> None:
    answer = sent.fields.get("safe", "")
    if answer not in {"yes", "no"}:
        raise CannotWriteError("not_chosen")
    desk.ask_about_home(case_id=sent.case_id, official_id=sent.official_id, safe=answer == "yes")


def guardian(sent: Sent) -> None:
    how = sent.one("how", GuardianTold)
    desk.guardian_told(case_id=sent.case_id, official_id=sent.official_id, how=how)


def add(sent: Sent) -> None:
    links = [link.strip() for link in sent.text().splitlines() if link.strip()]
    keywords = sent.text("keywords").strip()
    told = Told(
        links=links,
        texts={Text.KEYWORDS: keywords} if keywords else {},
        relation=Relation(get_case(sent.case_id).relation),
    )
    desk.add_found(opened=sent.opened(), told=told, official_id=sent.official_id)


def write(sent: Sent) -> None:
    write_message(
        opened=sent.opened(),
        text=sent.text(),
        form_key=sent.form_key,
        official_id=sent.official_id,
        actor=official_actor(sent.official_id),
    )


def agree(sent: Sent) -> None:
    consents.note_consent(
        case_id=sent.case_id,
        kind=sent.one("kind", Kind),
        giver=sent.one("giver", Giver),
        how=sent.one("how", How),
        papers=sent.several("paper", Paper),
        official_id=sent.official_id,
        actor=official_actor(sent.official_id),
    )


def agree_no_more(sent: Sent) -> None:
    actor = official_actor(sent.official_id)
    consents.end_consent(case_id=sent.case_id, kind=sent.one("kind", Kind), actor=actor)


def refer(sent: Sent) -> None:
    hand_over(
        opened=sent.opened(),
        to=sent.one("to", To),
        package=sent.text(),
        form_key=sent.form_key,
        official_id=sent.official_id,
    )


def answered(sent: Sent) -> None:
    """`answer` is "accepted" or why it came back."""
    referral_id, answer = sent.id("referral"), sent.fields.get("answer", "")
    if referral_id is None or referred.get_referral(referral_id).case_id != sent.case_id:
        raise CannotWriteError("not_chosen")
    if answer == "accepted":
        referrals.accepted(referral_id=referral_id, official_id=sent.official_id)
    else:
        why = sent.one("answer", Returned)
        referrals.returned(referral_id=referral_id, why=why, official_id=sent.official_id)


def choose(sent: Sent) -> None:
    chosen = sent.one("chosen", Recovery)
    recovery.choose_recovery(
        case_id=sent.case_id,
        chosen=chosen,
        how=sent.maybe("how", IdentityCheck),
        official_id=sent.official_id if chosen is Recovery.COUNSELLOR else None,
        actor=official_actor(sent.official_id),
    )


def lost(sent: Sent) -> None:
    how = sent.maybe("how", IdentityCheck)
    recovery.ask_new_words(case_id=sent.case_id, how=how, official_id=sent.official_id)


def confirm(sent: Sent) -> None:
    recovery.confirm_new_words(case_id=sent.case_id, official_id=sent.official_id)


def not_sure(sent: Sent) -> None:
    recovery.refuse_new_words(case_id=sent.case_id, official_id=sent.official_id)


def issue(sent: Sent) -> HttpResponse:
    """Shown in this one answer and kept nowhere: who leaves the page without them begins again."""
    bits = recovery.issue_new_words(case_id=sent.case_id, official_id=sent.official_id)
    words = receipt.words_of(bits, language=get_case(sent.case_id).language)
    return render(sent.request, "console/cases/words.html", {"words": words, "case_id": sent.case_id})


VERBS: Final[dict[str, View]] = {
    "open": act(open_),
    "take": act(take),
    "hand": act(hand),
    "seen": act(seen),
    "correct": act(correct),
    "home": act(home),
    "guardian": act(guardian),
    "add": act(add),
    "write": act(write),
    "agree": act(agree),
    "agree-no-more": act(agree_no_more),
    "refer": act(refer),
    "answered": act(answered),
    "choose": act(choose),
    "lost": act(lost),
    "confirm": act(confirm),
    "not-sure": act(not_sure),
    "issue": act(issue),
}
