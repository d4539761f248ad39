"""What an officer does undercover, checked under lock at the moment at which it is written down."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.undercover import gate, queries, rules
from haetae.agencies.investigation.undercover.actions import CannotGoUndercoverError, locked
from haetae.agencies.investigation.undercover.consent.queries import consent_facts
from haetae.agencies.investigation.undercover.models import ScopeItem, UndercoverAct, UndercoverOperation
from haetae.agencies.investigation.undercover.states import Item, Material
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.law.undercover import ActKind


@dataclass(frozen=True, kw_only=True)
class Done:
    """What is done now. `intent` is on what it rests that the other had it in mind before; `items` may name nothing.

    Of an item that the application does not name, only that it is not named is kept.
    """

    kind: ActKind
    items: dict[Item, UUID | None]
    what: str
    material: Material = Material.NONE
    consent_id: UUID | None = None
    intent_was_there: bool = False
    intent: str = ""


@transaction.atomic
def record_act(*, operation_id: UUID, done: Done, form_key: UUID, official_id: UUID) -> str:
    """Written down as lawful ("") or as refused, with the code; a refused act changes nothing else.

    The same form twice is one act. Raises NotYoursError for whoever does not work on the file, and
    CannotGoUndercoverError for a form that says too little to be checked.
    """
    operation, now = locked(operation_id), clock.now()
    opened = files.opened_by(operation.investigation_id, official_id, writes=True)
    act_id = derived_id("undercover act", operation_id, official_id, form_key)
    before = UndercoverAct.objects.filter(pk=act_id).first()
    if before is not None:
        return before.code
    if not rules.is_text(done.what):
        raise CannotGoUndercoverError("what_missing")
    items = _items(operation, done)
    consent = consent_facts(operation, done.consent_id)
    checked = gate.Act(
        kind=done.kind,
        items={item: named.pk if named else None for item, named in items.items()},
        material=done.material,
        consent=consent.facts if consent else None,
        says_intent_was_there=done.intent_was_there and rules.is_text(done.intent),
    )
    code = gate.why_not_act(queries.permission_of(operation, now=now), checked, now=now) or ""
    words = {"what": done.what.strip(), "intent": done.intent.strip()}
    act = UndercoverAct.objects.create(
        pk=act_id,
        operation=operation,
        kind=done.kind,
        target=items[Item.TARGET],
        place=items[Item.PLACE],
        method=items[Item.METHOD],
        material=done.material,
        consent_id=consent.consent_id if consent else None,
        code=code,
        words=seal_text(json.dumps(words, ensure_ascii=False), key=opened.key, about=act_id),
        officer_id=official_id,
        at=now,
    )
    actor, facts = official_actor(official_id), {"kind": str(done.kind)}
    if code:
        record(event="undercover.act_refused", subject=act, actor=actor, facts=facts | {"code": code})
    else:
        record(event="undercover.acted", subject=act, actor=actor, facts=facts)
    return code


def _items(operation: UndercoverOperation, done: Done) -> dict[Item, ScopeItem | None]:
    """Only what this operation's own application names, each as what it is."""
    known = {one.pk: one for one in queries.items_of(operation)}
    found: dict[Item, ScopeItem | None] = {}
    for item in Item:
        named = known.get(done.items.get(item) or operation.pk)
        found[item] = named if named is not None and named.what == item else None
    return found
