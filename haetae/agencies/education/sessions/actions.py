"""Everything that writes about sessions: recorded, withdrawn when it was a mistake, and certified."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from haetae.accounts.actions import official_actor
from haetae.agencies.education import queries
from haetae.agencies.education.institutions.actions import refuse
from haetae.agencies.education.lessons.facts import Audience
from haetae.agencies.education.lessons.reading import versions
from haetae.agencies.education.models import Institution, Session
from haetae.agencies.education.sessions import rules
from haetae.agencies.education.sessions.papers import letters_of
from haetae.agencies.education.sessions.rules import Held
from haetae.agencies.education.states import SESSION_MOVES, Method, SessionState
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.flow.issued.actions import issue_document
from haetae.flow.issued.states import Kind as Issued


@transaction.atomic
def record_session(
    *, institution_id: UUID, held: Held, method: Method, form_key: UUID, official_id: UUID
) -> UUID:
    """What was taught, and to how many. The same form twice is one session. Raises CannotTeachError."""
    institution = Institution.objects.select_for_update().get(pk=institution_id)
    session_id, now = derived_id("session", institution_id, form_key), clock.now()
    if Session.objects.filter(pk=session_id).exists():
        return session_id
    refuse(
        rules.why_not_record(
            held, known_lessons=list(Audience), staff=institution.staff, today=timezone.localdate(now)
        )
    )
    assert held.minutes is not None
    texts = versions()
    session = Session.objects.create(
        pk=session_id,
        institution=institution,
        on=held.on,
        method=method,
        minutes=held.minutes,
        learners=held.learners or 0,
        staff=held.staff or 0,
        parents=held.parents or 0,
        head_was_there=held.head_was_there,
        lessons={audience: texts[Audience(audience)].isoformat() for audience in held.lessons},
        content=held.content.strip(),
        list_kept=held.list_kept.strip(),
        recorded_by_id=official_id,
        recorded_at=now,
    )
    facts: dict[str, Fact] = {"on": held.on.isoformat(), "method": method}
    record(
        event="education.session_recorded",
        subject=session,
        actor=official_actor(official_id),
        facts=facts,
    )
    return session_id


@transaction.atomic
def withdraw_session(*, institution_id: UUID, session_id: UUID, why: str, official_id: UUID) -> None:
    """It was recorded by mistake, and counts nowhere any more. Raises CannotTeachError."""
    Institution.objects.select_for_update().get(pk=institution_id)  # no report goes out meanwhile
    session = _locked(institution_id, session_id)
    state = SessionState(session.state)
    refuse(rules.why_not_withdraw(state, is_reported=queries.is_reported(session), why=why))
    check_move(SESSION_MOVES, state, SessionState.WITHDRAWN)
    session.state, session.why_withdrawn = SessionState.WITHDRAWN, why.strip()
    session.save(update_fields=["state", "why_withdrawn"])
    record(event="education.session_withdrawn", subject=session, actor=official_actor(official_id))


@transaction.atomic
def certify(*, institution_id: UUID, session_id: UUID, official_id: UUID) -> None:
    """A certificate of the session is issued, once: whoever was there writes their own name on it.

    Raises CannotTeachError for a session that was withdrawn.
    """
    session = _locked(institution_id, session_id)
    refuse("session_withdrawn" if SessionState(session.state) is SessionState.WITHDRAWN else None)
    issued = issue_document(
        kind=Issued.CERTIFICATE,
        subject_id=session.pk,
        documents=letters_of(session),
        official_id=official_id,
    )
    facts: dict[str, Fact] = {"reference": issued.reference}
    record(
        event="education.session_certified",
        subject=session,
        actor=official_actor(official_id),
        facts=facts,
    )


def _locked(institution_id: UUID, session_id: UUID) -> Session:
    """Raises Session.DoesNotExist for one of another institution."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("institution")
    return rows.get(pk=session_id, institution_id=institution_id)
