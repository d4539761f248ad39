"""The pages of tasks: what waits for a person, one of it, and the form that ends it."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from haetae.accounts.permissions import Permission
from haetae.common import clock
from haetae.flow.in_turn import turn_of
from haetae.flow.overview.blinded import judged_place
from haetae.flow.overview.waiting import for_people, next_task, task_in_full
from haetae.flow.review.block.term.actions import CannotKeepError
from haetae.flow.review.block.term.states import Why
from haetae.flow.steps import terms
from haetae.flow.tasks import actions
from haetae.flow.tasks.models import Task
from haetae.flow.tasks.queries import get_task, is_barred, is_ended_so, waiting_by_kind
from haetae.flow.tasks.rules import LONGEST_NOTE, SHORTEST_NOTE
from haetae.flow.tasks.states import Kind, Outcome
from haetae.flow.tasks.whose import kinds_for
from haetae.web import errors
from haetae.web.access import needs, refusal
from haetae.web.console.looks import offer
from haetae.web.console.paging import leaf_asked, leaves, on_leaf
from haetae.web.console.places import sighting_page
from haetae.web.console.rights import may, official_of, roles_of
from haetae.web.console.tasks import kinds, shown
from haetae.web.errors import RETRY_AFTER_S
from haetae.web.words.refusals import refusal_words
from haetae.web.words.terms import WHYS

# Extending or ending a block is an act of the reviewers' side, also when a task asks for it.
_STATUS: Final = {"task_over": 409, "minor_stays_hidden": 403, "task_of_others": 403}
_NEEDS: Final = {Outcome.RESTORE: Permission.BLOCK_END, Outcome.EXTEND: Permission.BLOCK_EXTEND}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody sent."""

    outcome: str = ""
    note: str = ""
    why: str = ""
    problem: str = ""


@needs(Permission.TASK_READ)
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """What waits for a person, the most urgent first; of one kind, when the address says so."""
    now, leaf, mine = clock.now(), leaf_asked(request), kinds_for(roles_of(request))
    reader = official_of(request).pk
    waiting, asked = waiting_by_kind(kinds=mine, reader=reader), request.GET.get("kind", "")
    kind = asked if asked in mine else ""
    not_mine = _not_mine(request)
    found = for_people(
        kinds=[Kind(kind)] if kind else sorted(mine), after=leaf.after, before=leaf.before, reader=reader
    )
    total = sum(it.count for it in waiting if kind in {"", it.kind})
    facts = {
        "tasks": [shown(one, not_mine=not_mine, now=now) for one in on_leaf(leaf, found)],
        "kinds": kinds(waiting, now=now),
        "kind": kind,
        "all": sum(it.count for it in waiting),
    }
    around = leaves(leaf, turns=[turn_of(one.task) for one in found], total=total)
    return render(request, "console/tasks.html", {**facts, **around})


@needs(Permission.TASK_READ)
@require_safe
def task(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One task, with the form for whoever may end it."""
    return task_page(request, task_id, Draft())


@needs(Permission.TASK_READ)
@require_safe
def place(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """The place that is to be judged: the page of it, without what was decided where it is judged again."""
    try:
        found = judged_place(_theirs(request, task_id))
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return sighting_page(request, found)


@needs(Permission.TASK_FINISH)
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """End a task. Sent twice it ends once; what was written is never lost."""
    if request.method != "POST":
        return redirect("console:task", task_id)  # after a sign-in that came in between
    draft = Draft(
        outcome=request.POST.get("outcome", ""),
        note=request.POST.get("note", "").replace("\r\n", "\n"),
        why=request.POST.get("why", ""),
    )
    needed = _NEEDS.get(Outcome(draft.outcome)) if draft.outcome in set(Outcome) else None
    why = refusal(needed, roles=roles_of(request)) if needed else None
    if why is not None:
        return errors.refused(request, why=why)
    try:
        is_theirs = _is_on_the_list(request, task_id)
        code = _why_not_ended(draft, task_id, official_of(request).pk) if is_theirs else "task_of_others"
    except (OperationalError, InterfaceError):
        return _kept(request, task_id, draft)
    if code is None:
        return redirect("console:task", task_id)
    return task_page(request, task_id, replace(draft, problem=code), status=_STATUS.get(code, 422))


def _is_on_the_list(request: HttpRequest, task_id: UUID) -> bool:
    """Whose role reads every task ends only what is on their own list."""
    try:
        kind = get_task(task_id).kind
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return kind in kinds_for(roles_of(request))


def _why_not_ended(draft: Draft, task_id: UUID, official_id: UUID) -> str | None:
    """None when it has ended so, also when this person had ended it in just this way."""
    if draft.outcome not in set(Outcome):
        return "outcome_does_not_fit"
    if draft.outcome == Outcome.EXTEND and draft.why not in set(Why):
        return "no_why"
    try:
        _end(task_id, draft, official_id)
    except CannotKeepError as refused:
        return refused.code
    except actions.CannotFinishError as refused:
        same = is_ended_so(task_id, outcome=Outcome(draft.outcome), note=draft.note, official_id=official_id)
        return None if same else refused.code
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return None


def _end(task_id: UUID, draft: Draft, official_id: UUID) -> None:
    if draft.outcome == Outcome.EXTEND:
        why = Why(draft.why)
        terms.extend_by_task(task_id=task_id, why=why, statement=draft.note, official_id=official_id)
    elif draft.outcome == Outcome.RESTORE:
        terms.end_by_task(task_id=task_id, note=draft.note, official_id=official_id)
    else:
        actions.finish_task(
            task_id=task_id, outcome=Outcome(draft.outcome), note=draft.note, official_id=official_id
        )


def task_page(request: HttpRequest, task_id: UUID, draft: Draft, *, status: int = 200) -> HttpResponse:
    """The page of a task, with what was sent and not taken."""
    try:
        found = task_in_full(_theirs(request, task_id).pk)
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    facts = {
        "task": shown(found, not_mine=_not_mine(request), now=clock.now()),
        "draft": draft,
        "problem": refusal_words(draft.problem) if draft.problem else "",
        "offer": offer(request, found.task),
        "may_finish": may(request, Permission.TASK_FINISH)
        and found.task.kind in kinds_for(roles_of(request)),
        "may_review": may(request, Permission.REVIEW_READ),
        "whys": [(why.value, str(words)) for why, words in WHYS.items()]
        if found.task.kind == Kind.BLOCK_ENDS
        else [],
        "next_task": next_task(
            after=task_id, reader=official_of(request).pk, kinds=kinds_for(roles_of(request))
        ),
        "shortest": SHORTEST_NOTE,
        "longest": LONGEST_NOTE,
    }
    return render(request, "console/task.html", facts, status=status)


def _theirs(request: HttpRequest, task_id: UUID) -> Task:
    """A second look is no page for whoever has had to do with what is judged. Raises Task.DoesNotExist."""
    found = get_task(task_id)
    if found.second and is_barred(found.pk, official_id=official_of(request).pk):
        raise Task.DoesNotExist
    return found


def _not_mine(request: HttpRequest) -> frozenset[Outcome]:
    return frozenset(outcome for outcome, needed in _NEEDS.items() if not may(request, needed))


def _kept(request: HttpRequest, task_id: UUID, draft: Draft) -> HttpResponse:
    """A page that needs no database, with everything that was sent."""
    facts = {
        "problem": refusal_words("not_saved"),
        "where": reverse("console:finish", args=[task_id]),
        "fields": [("outcome", draft.outcome), ("why", draft.why)],
        "text_name": "note",
        "text": draft.note,
    }
    answer = render(request, "console/kept.html", facts, status=503)
    answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
