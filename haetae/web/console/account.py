"""One sighting in full: an overview.Detail in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from haetae.audit.models import Event
from haetae.flow.deadlines.models import Deadline
from haetae.flow.delivery.models import Attempt
from haetae.flow.overview import Detail
from haetae.flow.removal.models import DeletionRequest
from haetae.law.packs import NotInForceError, load_pack
from haetae.web.console.around import Around, around
from haetae.web.console.lines import Due, Line, Proof, due, line, probe_words, proof
from haetae.web.words.agencies import acting
from haetae.web.words.codes import code_words
from haetae.web.words.countries import country_words, source_words
from haetae.web.words.events import event_words, facts_words
from haetae.web.words.reasons import signal_words
from haetae.web.words.reviews import decision_words
from haetae.web.words.times import Moment, length_of, moment

# Dates by which something ought to be done. The other kinds wake our own work and are no duty of anybody.
_DUTIES: Final = frozenset({"acknowledge", "remove", "decide", "block_ends"})
_KINDS: Final = {
    "examine_again": _("examine again"),
    "send_again": _("send again"),
    "ask_status": _("ask the operator again"),
    "acknowledge": _("operator acknowledges"),
    "remove": _("removal"),
    "look": _("next look"),
    "decide": _("decision"),
    "block_reminder": _("reminder that the block ends"),
    "block_ends": _("end of the block"),
    "see_back": _("to be seen back"),
    "referral_answer": _("answer of the other agency"),
    "retention_ends": _("end of the time it is kept"),
    "hold_ends": _("end of the hold"),
    "notice": _("mail to the person"),
    "notice_month": _("monthly mail to the person"),
    "remedy_status": _("ask the other side again"),
    "dispute": _("end of a dispute about an objection"),
    "opinion": _("end of the time for an opinion"),
    "comply": _("end of the time to follow an order"),
    "report_due": _("yearly report of an operator"),
    "designation_due": _("officer and hotline to be named"),
    "pay_by": _("end of the time to pay"),
    "seal_again": _("ask for the time stamp again"),
    "repay_by": _("end of the time to pay what a deletion cost"),
    "platform_answer": _("answer of a platform"),
    "approve_urgent": _("approval of an urgent request"),
    "preserved_until": _("end of the time for which data is kept"),
    "urgent_ends": _("end of an urgent start"),
    "permit_ends": _("end of what was permitted"),
    "watch_ends": _("end of a watch list"),
    "teaching_report": _("yearly report about teaching"),
    "incident_notice": _("an incident to be told to the ministry"),
    "incident_plan": _("plan after an incident"),
    "training_by": _("training of managers"),
}


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One entry of the timeline; `times` counts the same thing in a row."""

    at: Moment
    words: str
    facts: str
    by: str
    times: int


@dataclass(frozen=True, kw_only=True)
class DueLine:
    what: str
    source: str
    due: Due


@dataclass(frozen=True, kw_only=True)
class Look:
    """A probe with every look that was made for it."""

    words: str
    looks: Sequence[Proof]


@dataclass(frozen=True, kw_only=True)
class Try:
    number: int
    at: Moment
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Account:
    """Everything that the page of a sighting shows, worded. Addresses are text here, never links."""

    line: Line
    page_url: str
    media_url: str
    examination: Sequence[tuple[str, str]]
    request: Sequence[tuple[str, str]]
    tries: Sequence[Try]
    legal: Sequence[DueLine]
    policy: Sequence[DueLine]
    planned: Sequence[DueLine]
    probes: Sequence[Look]
    timeline: Sequence[Happening]
    around: Around


def account(found: Detail, *, now: datetime) -> Account:
    duties = [deadline for deadline in found.deadlines if deadline.kind in _DUTIES]
    ahead = [
        deadline for deadline in found.deadlines if deadline.kind not in _DUTIES and deadline.state == "set"
    ]

    def worded(deadlines: Sequence[Deadline]) -> list[DueLine]:
        return [_due_line(deadline, now=now, zone=found.row.operator_zone) for deadline in deadlines]

    return Account(
        line=line(found.row, now=now),
        page_url=found.page_url,
        media_url=found.media_url,
        examination=list(_examination(found)),
        request=list(_request(found.request)) if found.request else [],
        tries=[_try(attempt, now=now) for attempt in found.attempts],
        legal=worded([deadline for deadline in duties if deadline.basis == "legal"]),
        policy=worded([deadline for deadline in duties if deadline.basis == "policy"]),
        planned=worded(ahead),
        probes=[
            Look(words=probe_words(probe), looks=[proof(sight, now=now) for sight in probe.sights.all()])
            for probe in sorted(found.probes, key=lambda probe: (probe.claim, length_of(probe.planned_after)))
        ],
        timeline=list(_timeline(found.events, now=now)),
        around=around(found, now=now),
    )


def _timeline(events: Sequence[Event], *, now: datetime) -> Iterator[Happening]:
    actors = acting(events)
    for _key, same in groupby(
        events, key=lambda event: (event.name, facts_words(event.facts), actors.words(event))
    ):
        run = list(same)
        first = run[0]
        yield Happening(
            at=moment(first.at, now=now),
            words=event_words(first.name),
            facts=facts_words(first.facts),
            by=actors.words(first),
            times=len(run),
        )


def _examination(found: Detail) -> Iterator[tuple[str, str]]:
    examined = found.assessment
    if examined is None or not examined.media:
        return
    media = examined.media
    yield str(_("Format")), str(media.get("format") or "?")
    if media.get("width_px"):
        yield str(_("Size")), f"{media['width_px']} × {media['height_px']} px"
    yield str(_("Bytes")), f"{int(media.get('size_bytes') or 0):,}"
    yield from _fingerprints(examined.fingerprints or {})
    kinds = dict.fromkeys(str(signal.get("kind", "")) for signal in examined.signals)
    signals = ", ".join(map(signal_words, kinds))
    yield str(_("Signals")), signals or str(_("none"))


def _fingerprints(prints: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Shortened: enough to compare two by eye, too little to search for a picture with."""
    if prints.get("sha256"):
        yield "SHA-256", f"{prints['sha256'][:12]}…"
    for variant in prints.get("perceptual") or []:
        what = _("without its borders") if variant.get("variant") == "trimmed" else _("whole picture")
        quality = f"{_('quality')} {variant.get('pdq_quality', '?')}"
        yield f"PDQ · {what}", f"{str(variant.get('pdq', ''))[:12]}… · {quality}"


def _request(request: DeletionRequest) -> Iterator[tuple[str, str]]:
    yield str(_("Round")), str(request.round)
    if request.ordered:
        yield str(_("Carries the decision")), decision_words(request.ordered)
    yield str(_("Legal basis")), _citation(request)
    if request.operator_reference:
        yield str(_("Operator's reference")), request.operator_reference
    if request.operator_reason:
        yield str(_("Operator's reason")), code_words(request.operator_reason)


def _citation(request: DeletionRequest) -> str:
    """The article as it stood when the request was made."""
    pack = load_pack(settings.JURISDICTION)
    try:
        basis = pack.legal_basis(request.legal_basis, on=request.requested_at.astimezone(pack.zone).date())
    except NotInForceError:
        return request.legal_basis
    return basis.citation_ko if _in_korean() else basis.citation_en


def _in_korean() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("ko")


def _due_line(deadline: Deadline, *, now: datetime, zone: str) -> DueLine:
    is_duty = deadline.kind in _DUTIES  # what only wakes our own work is on our own clock
    shown = due(deadline, now=now, zone=zone if is_duty else "")
    assert shown is not None
    source = _source(deadline) if is_duty else ""
    return DueLine(what=str(_KINDS.get(deadline.kind, deadline.kind)), source=source, due=shown)


def _source(deadline: Deadline) -> str:
    """The law, or the plan, that sets it; with the country where that is another one."""
    if deadline.pack:
        return f"{country_words(deadline.pack)}: {source_words(deadline.source, pack=deadline.pack)}"
    return source_words(deadline.source)


def _try(attempt: Attempt, *, now: datetime) -> Try:
    outcome = code_words(attempt.outcome) if attempt.outcome else str(_("under way, or broken off"))
    return Try(number=attempt.number, at=moment(attempt.begun_at, now=now), outcome=outcome)
