"""The pages of custodians: what they hold, their own key, one piece, and everything that is done with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.capture.packing import MATERIAL, TEXT
from haetae.agencies.investigation.evidence.custody import actions as custody
from haetae.agencies.investigation.evidence.custody.actions import Use
from haetae.agencies.investigation.evidence.export.actions import hand_out
from haetae.agencies.investigation.evidence.keeping import actions as keeping
from haetae.agencies.investigation.evidence.models import Evidence, EvidenceHold
from haetae.agencies.investigation.evidence.rules import REASON_LONGEST, REFERENCE_LONGEST
from haetae.agencies.investigation.evidence.states import State
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.flow.tasks import actions as tasks
from haetae.flow.tasks import queries as waiting
from haetae.flow.tasks.rules import SHORTEST_NOTE
from haetae.flow.tasks.states import Kind, Outcome
from haetae.law.packs import load_pack
from haetae.web.access import needs
from haetae.web.console.holds import end_of_day
from haetae.web.console.investigation.evidence_shown import facts_of, lines_of
from haetae.web.console.rights import official_of
from haetae.web.sent import uuid_in
from haetae.web.words.evidence import evidence_refusal, purposes

GET_TOO: Final = ["GET", "HEAD", "POST"]
Act = Callable[[HttpRequest, UUID, UUID], HttpResponse | None]


@needs(Permission.EVIDENCE_KEEP)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What this custodian holds, what is on its way, and what nobody holds yet."""
    return _list(request)


@needs(Permission.EVIDENCE_KEEP)
@require_http_methods(GET_TOO)
def key(request: HttpRequest) -> HttpResponse:
    """A custodian registers the public half of their own key."""
    if request.method == "POST":
        try:
            recipient = request.POST.get("recipient", "")
            keeping.register_key(recipient=recipient, official_id=official_of(request).pk)
        except CannotKeepError as refused:
            return _list(request, problem=str(refused), status=422)
    return redirect("console:evidence")


@needs(Permission.EVIDENCE_KEEP)
@require_safe
def one(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """One piece: how it stands, its chain, and what can be done with it."""
    return _page(request, _piece(request, evidence_id))


@needs(Permission.EVIDENCE_KEEP)
@require_safe
def proof(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """The record of its destruction, as the file whose digest stands in the log."""
    piece = _piece(request, evidence_id)
    if piece.state != State.DESTROYED:
        raise Http404
    answer = HttpResponse(keeping.proof_of(piece.destruction), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="destruction-{str(evidence_id)[:8]}.json"'
    return answer


def take(_: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    custody.take(evidence_id=evidence_id, official_id=by)


def give(request: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    to = uuid_in(request, "to")
    if to is None:
        raise CannotKeepError("evidence_no_receiver")
    custody.give(evidence_id=evidence_id, to_id=to, identity=request.POST.get("identity", ""), official_id=by)


def receive(_: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    custody.receive(evidence_id=evidence_id, official_id=by)


def take_back(_: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    custody.take_back(evidence_id=evidence_id, official_id=by)


def open_one(request: HttpRequest, evidence_id: UUID, by: UUID) -> HttpResponse:
    """Its text, once, on a page that is kept nowhere."""
    package = custody.open_one(evidence_id=evidence_id, use=_use(request), official_id=by)
    text = package.files.get(TEXT) or package.files.get(MATERIAL) or b""
    shown = {
        "evidence_id": evidence_id,
        "text": text.decode(errors="replace"),
        "manifest": package.manifest.decode(errors="replace"),
    }
    answer = render(request, "console/investigation/opened.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


def export(request: HttpRequest, evidence_id: UUID, by: UUID) -> HttpResponse:
    """A bag for a court or an office, as one file."""
    reference = request.POST.get("reference", "")
    out = hand_out(evidence_id=evidence_id, use=_use(request), reference=reference, official_id=by)
    answer = HttpResponse(out.content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{out.name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def release(request: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    custody.release(evidence_id=evidence_id, use=_use(request), official_id=by)


def hold(request: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    until = end_of_day(request.POST.get("until", ""), pack=load_pack())
    if until is None:
        raise CannotKeepError("until_is_over")
    keeping.set_hold(
        evidence_id=evidence_id,
        reason=request.POST.get("reason", ""),
        until=until,
        form_key=uuid_in(request, "form_key") or new_id(),
        official_id=by,
    )


def hold_end(request: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    hold_id = uuid_in(request, "hold")
    try:
        keeping.end_hold(hold_id=hold_id or new_id(), evidence_id=evidence_id, official_id=by)
    except EvidenceHold.DoesNotExist as missing:
        raise Http404 from missing


def destroy(_: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    keeping.ask_destruction(evidence_id=evidence_id, official_id=by)


def confirm(_: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    keeping.confirm_destruction(evidence_id=evidence_id, official_id=by)


def settle(request: HttpRequest, evidence_id: UUID, by: UUID) -> None:
    """Somebody has dealt with the damage, and says how."""
    note = request.POST.get("note", "").strip()
    if len(note) < SHORTEST_NOTE:
        raise CannotKeepError("evidence_no_note")
    for task in waiting.waiting(kinds=[Kind.EVIDENCE_DAMAGED]).filter(subject_id=evidence_id):
        tasks.finish_task(task_id=task.pk, outcome=Outcome.HANDLED, note=note, official_id=by)


_ACTS: Final[dict[str, Act]] = {
    "take": take,
    "give": give,
    "receive": receive,
    "take-back": take_back,
    "open": open_one,
    "export": export,
    "release": release,
    "hold": hold,
    "hold-end": hold_end,
    "destroy": destroy,
    "confirm": confirm,
    "settle": settle,
}


def _doing(act: Act) -> Callable[..., HttpResponse]:
    @needs(Permission.EVIDENCE_KEEP)
    @require_http_methods(GET_TOO)
    @sensitive_post_parameters("identity", "reason")
    def view(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
        """A refusal is said on the page, and recorded; a GET comes after a sign-in that came in between."""
        piece, by = _piece(request, evidence_id), official_of(request).pk
        if request.method == "POST":
            try:
                answer = act(request, evidence_id, by)
            except CannotKeepError as refused:
                custody.refused(evidence_id=evidence_id, code=str(refused), official_id=by)
                return _page(request, _piece(request, piece.pk), problem=str(refused), status=409)
            if answer is not None:
                return answer
        return redirect("console:evidence_one", evidence_id)

    return view


VERBS: Final = {name: _doing(act) for name, act in _ACTS.items()}


def _use(request: HttpRequest) -> Use:
    sent = request.POST
    return Use(
        purpose=sent.get("purpose", ""), reason=sent.get("reason", ""), identity=sent.get("identity", "")
    )


def _piece(request: HttpRequest, evidence_id: UUID) -> Evidence:
    """Only what this custodian has to do with: another's is not there."""
    by = official_of(request).pk
    mine = {piece.pk for piece in (*queries.in_view_of(by), *queries.destruction_waits())}
    try:
        piece = queries.get_evidence(evidence_id)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    if piece.pk not in mine:
        if request.method == "POST":
            custody.refused(evidence_id=evidence_id, code="evidence_not_held", official_id=by)
        raise Http404
    return piece


def _list(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    by = official_of(request).pk
    own, keys = queries.key_of_custodian(by), queries.keys_now()
    shown = {
        "lines": lines_of(queries.in_view_of(by)),
        "to_confirm": lines_of([one for one in queries.destruction_waits() if one.holder_id != by]),
        "own": own,
        "keys": len(keys),
        "sent": request.POST.get("recipient", ""),
        "problem": evidence_refusal(problem) if problem else "",
    }
    return render(request, "console/investigation/custody.html", shown, status=status)


def _page(request: HttpRequest, piece: Evidence, *, problem: str = "", status: int = 200) -> HttpResponse:
    by, now = official_of(request).pk, clock.now()
    destruction = getattr(piece, "destruction", None)
    pack = load_pack()
    latest = pack.due_at(start=now, duration=pack.hold.longest) - timedelta(days=1)
    shown: dict[str, Any] = facts_of(piece) | {
        "is_holder": piece.holder_id == by,
        "is_receiver": piece.given_to_id == by,
        "is_mine_to_take": piece.state == State.SEALED,
        "others": [one.official for one in queries.keys_now() if one.official_id != by],
        "purposes": purposes(),
        "problem": evidence_refusal(problem) if problem else "",
        "sent": request.POST,
        "form_key": new_id(),
        "destruction": destruction,
        "may_confirm": destruction is not None
        and destruction.confirmed_at is None
        and destruction.asked_by_id != by,
        "damage_waits": piece.damaged_at is not None
        and waiting.waiting(kinds=[Kind.EVIDENCE_DAMAGED]).filter(subject_id=piece.pk).exists(),
        "first_day": now.astimezone(pack.zone).date(),
        "last_day": latest.astimezone(pack.zone).date(),
        "reason_most": REASON_LONGEST,
        "reference_most": REFERENCE_LONGEST,
    }
    return render(request, "console/investigation/custody_one.html", shown, status=status)
