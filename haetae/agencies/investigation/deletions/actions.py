"""Everything that writes about an officer's word that a place must be deleted."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.deletions import rules
from haetae.agencies.investigation.deletions.models import DeletionPlace, DeletionWord
from haetae.agencies.investigation.deletions.rules import Word
from haetae.agencies.investigation.deletions.states import MOVES, State
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Investigation
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move


class CannotDeleteError(ValueError):
    """A code of what stands against it."""


@transaction.atomic
def say(*, investigation_id: UUID, word: Word, form_key: UUID, official_id: UUID) -> DeletionWord:
    """An officer says that everybody can see it and that it must go. The same form twice is one word.

    Whom to ask is the step's that goes on with it. Raises NotYoursError, CannotDeleteError.
    """
    files.opened_by(investigation_id, official_id, writes=True)
    Investigation.objects.select_for_update().get(pk=investigation_id)
    opened = files.opened_by(investigation_id, official_id, writes=True)
    word_id, now = derived_id("deletion-word", investigation_id, form_key), clock.now()
    found = DeletionWord.objects.filter(pk=word_id).first()
    if found is not None:
        return found
    problem = rules.why_not_ask(word)
    if problem:
        raise CannotDeleteError(problem)
    said = json.dumps({"link": word.link.strip(), "note": word.note.strip()}, ensure_ascii=False)
    row = DeletionWord.objects.create(
        pk=word_id,
        investigation=opened.investigation,
        said=seal_text(said, key=opened.key, about=word_id),
        centre_too=word.centre_too,
        asked_by_id=official_id,
        asked_at=now,
        changed_at=now,
    )
    facts: dict[str, Fact] = {"centre_too": word.centre_too}
    record(event="deletions.said", subject=row, actor=official_actor(official_id), facts=facts)
    return row


@transaction.atomic
def waits_for(*, word_id: UUID, report_id: UUID) -> None:
    """Nobody has seen the address here: it is being opened, and the word is passed on when it led somewhere."""
    word = DeletionWord.objects.select_for_update().get(pk=word_id)
    word.report_id = report_id
    word.save(update_fields=["report"])
    record(event="deletions.waits", subject=word, actor=official_actor(word.asked_by_id))


@transaction.atomic
def passed_on(*, word_id: UUID, sighting_ids: Iterable[UUID]) -> None:
    """Everybody was asked about these places."""
    word = DeletionWord.objects.select_for_update().get(pk=word_id)
    if State(word.state) is not State.WAITING:
        return
    DeletionPlace.objects.bulk_create([DeletionPlace(word=word, sighting_id=one) for one in sighting_ids])
    _move(word, State.ASKED)
    record(event="deletions.passed_on", subject=word, actor=official_actor(word.asked_by_id))


@transaction.atomic
def nothing_there(*, word_id: UUID) -> None:
    """The address led to no picture: the officer reads it and looks again."""
    word = DeletionWord.objects.select_for_update().get(pk=word_id)
    if State(word.state) is not State.WAITING:
        return
    _move(word, State.NOT_FOUND)
    record(event="deletions.nothing_there", subject=word, actor=SYSTEM)


def _move(word: DeletionWord, after: State) -> None:
    check_move(MOVES, State(word.state), after)
    word.state = after
    word.changed_at = clock.now()
    word.save(update_fields=["state", "changed_at"])
