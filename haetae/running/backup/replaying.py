"""What must not come back when a database is put back: done again, from the rows of the log after the backup.

Rows hold ids and codes. Where they suffice to do a thing again it is done, through the actions of its room; what they
do not suffice for is left to people, who are told of each row (LEFT names what of it takes something back, and why).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from haetae.accounts.again import actions as accounts
from haetae.agencies.investigation.undercover import actions as undercover
from haetae.agencies.investigation.undercover.states import WhyEnded
from haetae.agencies.referrals import actions as referrals
from haetae.agencies.support.again import actions as support
from haetae.agencies.support.consent import actions as consent
from haetae.agencies.support.consent.states import Kind as Consent
from haetae.agencies.support.destroying.states import Rule
from haetae.agencies.support.notices import actions as notices
from haetae.agencies.support.retention.states import Part
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.flow.arrival import actions as arrival
from haetae.flow.arrival.watching import actions as watching
from haetae.hashbank import actions as hashbank
from haetae.hashbank.forgetting import actions as forgetting

Again = Callable[[Event], None]
log = structlog.get_logger(__name__)


def _withdrawn(event: Event) -> None:
    hashbank.withdraw_known_picture(known_id=event.subject_id, actor=SYSTEM)


def _forgotten(event: Event) -> None:
    if not forgetting.forget_entries(known_ids=[event.subject_id]):
        raise ObjectDoesNotExist


def _destroyed(event: Event) -> None:
    keeps = frozenset(Part(one) for one in str(event.facts["keeps"]).split("+") if one)
    support.destroy_again(case_id=event.subject_id, rule=Rule(str(event.facts["rule"])), keeps=keeps)


def _seat_ended(event: Event) -> None:
    last_day = date.fromisoformat(str(event.facts["last_day"]))
    agency, role = str(event.facts["agency"]), str(event.facts["role"])
    accounts.end_seats_again(official_id=event.subject_id, last_day=last_day, agency=agency, role=role)


def _operator_seat_ended(event: Event) -> None:
    operator = UUID(str(event.facts["operator"]))
    day = timezone.localdate(event.at)
    accounts.end_seats_at_operator_again(official_id=event.subject_id, operator_id=operator, last_day=day)


def _undercover_ended(event: Event) -> None:
    undercover.end_again(operation_id=event.subject_id, why=WhyEnded(str(event.facts["why"])), at=event.at)


REPLAYED: Final[dict[str, Again]] = {
    "hashbank.withdrawn": _withdrawn,
    "hashbank.forgotten": _forgotten,
    "hashbank.disputed": lambda event: hashbank.dispute_known_picture(
        known_id=event.subject_id, actor=SYSTEM
    ),
    "hashbank.quarantined": lambda event: hashbank.quarantine_list(
        name=str(event.facts["list"]), actor=SYSTEM
    ),
    "support.destroyed": _destroyed,
    "support.destroyed_in_part": _destroyed,
    "support.identity_erased": lambda event: support.erase_identity_again(case_id=event.subject_id),
    "support.withdrawn": lambda event: support.follow_again(case_id=event.subject_id, stopped=True),
    "support.resumed": lambda event: support.follow_again(case_id=event.subject_id, stopped=False),
    "support.receipt_renewed": lambda event: support.take_words_away(case_id=event.subject_id),
    "support.words_issued": lambda event: support.take_words_away(case_id=event.subject_id),
    "support.words_taken_away": lambda event: support.take_words_away(case_id=event.subject_id),
    "support.consent_ended": lambda event: consent.end_consent(
        case_id=event.subject_id, kind=Consent(str(event.facts["kind"])), actor=SYSTEM
    ),
    "support.notices_ended": lambda event: notices.end_notices(case_id=event.subject_id, actor=SYSTEM),
    "referrals.called_back": lambda event: referrals.call_back(referral_id=event.subject_id),
    "arrival.report_withdrawn": lambda event: arrival.withdraw_report(report_id=event.subject_id),
    "arrival.report_renewed": lambda event: arrival.renew_report(report_id=event.subject_id),
    "watching.ended": lambda event: watching.end_again(list_id=event.subject_id),
    "undercover.ended": _undercover_ended,
    "undercover.stopped_by_itself": _undercover_ended,
    "accounts.key_ended": lambda event: accounts.end_key_again(key_id=event.subject_id),
    "accounts.signing_key_ended": lambda event: accounts.end_signing_key_again(key_id=event.subject_id),
    "accounts.seat_ended": _seat_ended,
    "accounts.operator_seat_ended": _operator_seat_ended,
    "accounts.block_delegation_ended": lambda event: accounts.end_delegation_again(
        operator_id=event.subject_id, last_day=timezone.localdate(event.at)
    ),
    "accounts.sign_in_used": lambda event: accounts.use_up_sign_ins(official_id=event.subject_id),
}

# What takes something back, and is not done again by itself.
LEFT: Final[dict[str, str]] = {
    "accounts.second_step_removed": "the passkey is there again: whoever lost it takes it away once more",
    "accounts.upload_check_declared": "the earlier token holds again: declare it anew and hand over the new one",
    "appeals.statement_forgotten": "its own clock forgets it again",
    "appeals.withdrawn": "whoever made it says so again; until then it is looked at",
    "arrival.report_erased": "goes with the case that is destroyed again",
    "by_hand.ended": "the mark stands again, and a person decides: two officials end it once more",
    "designation.dropped": "was never signed: an official drops the draft again",
    "designation.ended": "an official with a reason ends it again",
    "delivery.breaker_closed": "nothing was taken back: an operator answers again",
    "education.officer_ended": "the ministry ends it again; until then they read what they read before",
    "education.session_withdrawn": "the institution takes it back again",
    "education.training_dropped": "was never ordered: an official drops it again",
    "evidence.destroyed": "its bytes are not put back; two custodians write the proof again",
    "evidence.hold_ended": "it is kept for longer than it must: a custodian ends it again",
    "evidence.taken_back": "the custodian who has it says so again",
    "filings.fact_withdrawn": "an official takes the number back again",
    "hearings.closed": "the act that it belonged to is gone too",
    "hashbank.ended": "expired entries are not matched, whoever was told of it",
    "hashbank.source_removed": "an administrator removes it again; what it brought stays as it was",
    "investigations.left": "the officer leaves it again",
    "investigations.closed": "an officer closes it again",
    "onboarding.withdrawn": "whoever applied says so again",
    "orders.dropped": "was never signed: an official drops it again",
    "preservation.ended": "an officer ends it again, or its own clock does",
    "preservation.lapsed": "its own clock ends it again",
    "proceeds.withdrawn": "the officer takes it back again",
    "recovery.withdrawn": "an official takes it back again",
    "remedies.lifted": "we look, and the intermediary says so again when asked",
    "remedies.serving_ended": "an official notes it again",
    "remedies.withdrawn": "follows from what becomes of the request",
    "review.block_ended": "an official or its term ends it again",
    "sanctions.annulled": "a court's word: an official notes it again, before anybody pays",
    "sanctions.dropped": "was never imposed: an official drops it again",
    "self_reports.closed": "an officer closes it again",
    "subscribers.dropped": "was never sent: an officer drops it again",
    "support.hold_ended": "its own clock ends it again, and what it kept is destroyed then",
    "undercover.consent_withdrawn": "an officer notes it again before anything is handed on",
    "undercover.withdrawn": "was never permitted: the officer takes it back again",
}


@dataclass(kw_only=True)
class Replayed:
    """`done` counts by name; `of_nothing` what was about something newer than the backup; `failed` needs somebody."""

    done: dict[str, int] = field(default_factory=dict)
    of_nothing: int = 0
    failed: list[Event] = field(default_factory=list)
    left: list[Event] = field(default_factory=list)


def replay(events: Iterable[Event]) -> Replayed:
    """In their order, each by itself: one that cannot be done again holds up no other. Twice is once."""
    found = Replayed()
    for event in events:
        again = REPLAYED.get(event.name)
        if again is None:
            found.left.append(event)
            continue
        try:
            with transaction.atomic():
                again(event)
        except ObjectDoesNotExist:
            found.of_nothing += 1
        except Exception:
            log.exception("not_done_again", event_id=event.pk, name=event.name)
            found.failed.append(event)
        else:
            found.done[event.name] = found.done.get(event.name, 0) + 1
    return found
