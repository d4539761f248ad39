"""What is read about the end of a case, before and after."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from django.db.models import QuerySet

from haetae.agencies.support.destroying import rules
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.states import Rule
from haetae.agencies.support.models import Case
from haetae.agencies.support.retention import queries as retention
from haetae.agencies.support.retention.states import Part, Reason
from haetae.agencies.support.states import Age, State
from haetae.audit.models import Event
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.law.packs import load_pack
from haetae.law.person.facts import Retention, RetentionClass


@dataclass(frozen=True, kw_only=True)
class HeldPart:
    """Until when a hold keeps a part, and who has forbidden it in kind; never who."""

    part: Part
    until: datetime
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """What would happen if the person had everything destroyed now, for haetae.web.words.destroying.

    `why_not` is a code where it cannot be asked for. `kept_by_law` are parts that the law keeps against the wish.
    `kept_until` is None where it is kept for good unless the person says otherwise.
    """

    why_not: str | None
    destroys: tuple[Part, ...]
    held: tuple[HeldPart, ...]
    kept_by_law: tuple[Part, ...]
    retention_class: RetentionClass
    kept_until: datetime | None
    checked_fingerprints_stay: bool


def explain(case: Case) -> Explanation:
    """Before the person decides. It writes nothing, and says the same as the action would do at this moment."""
    now = clock.now()
    plan = plan_for(case, demanded=True)
    held: dict[Part, HeldPart] = {}
    for hold in retention.holds_on(case, at=now):  # the one that ends last first
        for code in hold.keeps:
            part = HeldPart(part=Part(code), until=hold.until, reason=Reason(hold.reason))
            held.setdefault(part.part, part)
    by_law = tuple(part for part in Part if part in plan.keeps and part not in held)
    return Explanation(
        why_not=rules.why_not_destroy(State(case.state)),
        destroys=tuple(part for part in Part if part in plan.destroys),
        held=tuple(held[part] for part in Part if part in held),
        kept_by_law=by_law,
        retention_class=retention.class_of(case),
        kept_until=retention.term_of(case).due_at,
        checked_fingerprints_stay=any(_stays_known(row_tier, case) for row_tier in _tiers(case)),
    )


def plan_for(case: Case, *, demanded: bool) -> rules.Plan:
    """What goes and what stays, with the holds and the law of this moment."""
    return rules.plan(
        held=retention.held_parts(case),
        demanded=demanded,
        destroyed_on_demand=retention_today(case).destroyed_on_demand,
    )


def retention_today(case: Case) -> Retention:
    pack = load_pack()
    return pack.retention(retention.class_of(case), on=clock.now().astimezone(pack.zone).date())


def parts_left(case: Case) -> frozenset[Part]:
    """What was kept when the rest was destroyed."""
    last = deletions_of(case).exclude(rule=Rule.IDENTITY_ERASED).last()
    return frozenset() if last is None else frozenset(Part(code) for code in last.keeps)


def deletions_of(case: Case) -> QuerySet[DeletionRecord]:
    """The proofs of what was destroyed, the oldest first."""
    return DeletionRecord.objects.filter(case=case).order_by("at", "pk")


def digest_of(record: DeletionRecord) -> str:
    """SHA-256 over the canonical JSON (RFC 8785) of every column: 64 hex digits."""
    content = {
        "id": str(record.pk),
        "case": str(record.case_id),
        "at": record.at.isoformat(),
        "rule": record.rule,
        "by": record.by,
        "retention_class": record.retention_class,
        "source": record.source,
        "rows": record.rows,
        "changed": record.changed,
        "keys": record.keys,
        "keeps": record.keeps,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def is_proven(record: DeletionRecord) -> bool:
    """Whether the log holds an event with this very content. That the log is whole, `haetae verify-log` says."""
    events = Event.objects.filter(subject_id=record.case_id, facts__record=str(record.pk))
    return events.filter(facts__digest=digest_of(record)).exists()


def _tiers(case: Case) -> list[Tier]:
    return [Tier(tier) for tier in case.hashes.values_list("known__tier", flat=True)]


def _stays_known(tier: Tier, case: Case) -> bool:
    return rules.stays_known(tier=tier, age=Age(case.age), held_by_others=False)
