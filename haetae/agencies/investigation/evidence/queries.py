"""Everything that reads evidence. Whoever does not work on the file, or holds the piece, learns nothing of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from haetae.accounts.models import Official
from haetae.accounts.permissions import Permission
from haetae.accounts.queries import who_may_on
from haetae.agencies.investigation.evidence.models import CustodianKey, CustodyLink, Evidence, EvidenceHold
from haetae.agencies.investigation.evidence.states import IN_CUSTODY, STORED, UNSEALED, State
from haetae.agencies.investigation.files.models import Investigation
from haetae.agencies.investigation.files.queries import key_of
from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import Victim
from haetae.common import clock
from haetae.common.case_keys import open_text
from haetae.law.evidence import Purpose, uses_on
from haetae.law.packs import load_pack
from haetae.law.person.facts import Retention, RetentionClass


def get_evidence(evidence_id: UUID) -> Evidence:
    """Raises Evidence.DoesNotExist."""
    return Evidence.objects.select_related("investigation", "asked_by", "holder", "given_to").get(
        pk=evidence_id
    )


def of_file(investigation_id: UUID) -> Sequence[Evidence]:
    """What a file asked to keep, the newest first."""
    rows = Evidence.objects.filter(investigation=investigation_id).select_related("holder", "given_to")
    return list(rows.order_by("-asked_at", "pk"))


def in_view_of(custodian_id: UUID) -> Sequence[Evidence]:
    """What a custodian has to do with: held, on its way to them, given by them, and what nobody holds yet."""
    mine = Q(holder=custodian_id, state__in=IN_CUSTODY) | Q(given_to=custodian_id)
    # Destroyed ones stay in sight of who held them last: the proof is theirs to show.
    ended = Q(holder=custodian_id, state=State.DESTROYED)
    rows = Evidence.objects.filter(mine | ended | Q(state=State.SEALED)).select_related("holder", "given_to")
    return list(rows.order_by("-changed_at", "pk"))


def destruction_waits() -> Sequence[Evidence]:
    """Of what somebody has asked the destruction, and nobody else has confirmed it."""
    rows = Evidence.objects.filter(destruction__confirmed_at__isnull=True, destruction__isnull=False)
    return list(rows.select_related("holder", "destruction").order_by("destruction__asked_at"))


def chain_of(evidence: Evidence) -> Sequence[CustodyLink]:
    """Every link, the first first."""
    return list(evidence.chain.select_related("by", "to").order_by("at", "pk"))


def custodians() -> Sequence[Official]:
    """Who may keep evidence today."""
    return list(who_may_on(Permission.EVIDENCE_KEEP, day=today()))


def keys_now() -> Sequence[CustodianKey]:
    """The keys for which new evidence is locked: those of today's custodians."""
    rows = CustodianKey.objects.filter(official__in=custodians(), ended_at__isnull=True)
    return list(rows.select_related("official").order_by("registered_at"))


def key_of_custodian(official_id: UUID) -> CustodianKey | None:
    return CustodianKey.objects.filter(official=official_id, ended_at__isnull=True).first()


def address_of(evidence: Evidence, *, key: bytes) -> str:
    """Empty for what has none."""
    return open_text(evidence.address, key=key, about=evidence.pk) if evidence.address else ""


def reason_of(link: CustodyLink, *, key: bytes) -> str:
    """Empty where none was asked for."""
    return open_text(link.reason, key=key, about=link.pk) if link.reason else ""


def file_key(evidence: Evidence) -> bytes:
    """The key of its file, for what was checked before. Raises WrongKeyError."""
    return key_of(evidence.investigation)


def standing_holds(evidence: Evidence, *, at: datetime) -> Sequence[EvidenceHold]:
    """What forbids its destruction now, the last to end first."""
    rows = evidence.holds.filter(ended_at__isnull=True, until__gt=at).select_related("set_by")
    return list(rows.order_by("-until"))


def lawful_today() -> frozenset[Purpose]:
    """What evidence may be used for today."""
    return frozenset(
        use.purpose for use in uses_on(load_pack(settings.JURISDICTION).evidence_uses, on=today())
    )


def term_of(evidence: Evidence) -> tuple[Retention, datetime | None]:
    """What sets how long it is kept, and until when; None for good.

    The law that was read gives terms to whoever supports a deletion; that the police keep evidence as long is our own
    rule. Where somebody under 19 may be in it, the longest holds.
    """
    pack = load_pack(settings.JURISDICTION)
    minor = counts_as_minor(Victim(evidence.investigation.victim))
    kind = RetentionClass.CHILD_MATERIAL if minor else RetentionClass.ASKED_BY_INVESTIGATORS
    begins = evidence.captured_at or evidence.asked_at
    term = pack.retention(kind, on=begins.astimezone(pack.zone).date())
    until = None if term.keep_for is None else pack.due_at(start=begins, duration=term.keep_for)
    return term, until


def waited_for_at(digests: Iterable[str]) -> Evidence | None:
    """What a deletion at a place waits for: asked for there, not sealed yet, and the wait not over or not noticed."""
    known = [one for one in digests if one]
    places = Q()
    for digest in known:
        places |= Q(place_digests__contains=[digest])
    rows = Evidence.objects.filter(
        places, state__in=UNSEALED, held_until__isnull=False, overtaken_at__isnull=True
    )
    return rows.order_by("-held_until").first() if known else None


def first_wait_at(digests: Iterable[str]) -> datetime | None:
    """Until when the first wait at a place lasts or lasted, whatever its addresses were called; None where none was."""
    places = Q()
    for digest in (one for one in digests if one):
        places |= Q(place_digests__contains=[digest])
    rows = Evidence.objects.filter(places, held_until__isnull=False) if places else Evidence.objects.none()
    return rows.order_by("held_until").values_list("held_until", flat=True).first()


def was_waited_for(digests: Iterable[str]) -> bool:
    """Whether a deletion at one of these addresses has waited before: a place makes it wait once."""
    places = Q()
    for digest in digests:
        places |= Q(place_digests__contains=[digest])
    return Evidence.objects.filter(places, held_until__isnull=False).exists()


def stored() -> Iterable[UUID]:
    """Everything that lies in the store, by row."""
    return Evidence.objects.filter(state__in=STORED).values_list("pk", flat=True).iterator()


def destroyed() -> Iterable[str]:
    """What may not lie in the store any more: digests that no kept piece has."""
    rows = Evidence.objects.filter(state=State.DESTROYED).values_list("content_digest", flat=True)
    return rows.iterator()


def unstamped() -> Sequence[UUID]:
    return list(Evidence.objects.filter(state=State.CAPTURED).values_list("pk", flat=True))


def waits_for(investigation: Investigation) -> timedelta:
    """How long a deletion waits for what this file asks to keep."""
    rule = load_pack(settings.JURISDICTION).evidence
    minor = counts_as_minor(Victim(investigation.victim))
    return (rule.deletion_waits_for_minors if minor else rule.deletion_waits).as_timedelta()


def today() -> date:
    return timezone.localdate(clock.now())
