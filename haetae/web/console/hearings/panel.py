"""Who is heard before one act, for the act's own page: `console/_hearings.html` shows what hearing_panel() gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from haetae.common import clock
from haetae.common.states import may_move
from haetae.flow.hearings import queries
from haetae.flow.hearings.models import Hearing
from haetae.flow.hearings.rules import LONGEST, SHORTEST
from haetae.flow.hearings.states import MOVES, About, Party, State, Told, Unheard, Way
from haetae.flow.review.commission.rules import MUST_BE_HEARD
from haetae.law.hearings import MayBeLeftOut
from haetae.law.packs import load_pack
from haetae.web.console.hearings.draft import Draft
from haetae.web.hearings.subjects import PREPARES, READS, SUBJECTS, Subject
from haetae.web.rights import may
from haetae.web.words.clocks import officials_first
from haetae.web.words.hearings import PARTIES, TOLD, UNHEARD, WAYS, hearing_mark
from haetae.web.words.language import in_korean
from haetae.web.words.refusals import refusal_words
from haetae.web.words.states import StateMark
from haetae.web.words.times import Moment, length_of, moment, span

_ASKABLE = frozenset({Party.OPERATOR})  # nobody of ours knows where whoever posted it can be reached


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One party before the act. `opinion` is empty for those who may not read it; `is_kept_back` says that it is."""

    party: str
    words: str
    mark: StateMark | None
    at: Moment | None
    until: Sequence[str]
    told: str
    way: str
    opinion: str
    is_kept_back: bool
    exception: str
    note: str
    by: str
    may_ask: bool
    may_leave_out: bool
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class Panel:
    """All parties before one act, and what the official who reads this may do now. `why_not` stands against the act."""

    parties: Sequence[Heard]
    why_not: str
    acts: bool
    ask: str
    leave_out: str
    written: str
    usual: str
    urgent: str
    article: str
    exceptions: Sequence[tuple[str, str]]
    ways: Sequence[tuple[str, str]]
    shortest: int
    longest: int
    today: str
    draft: Draft
    problem: str

    @property
    def lost(self) -> str:
        """What was written where there is no form any more into which it could be written again."""
        forms = {"ask": "may_ask", "leave_out": "may_leave_out", "written": "may_write"}
        name = forms.get(self.draft.verb, "")
        stands = any(name and getattr(one, name) for one in self.parties if one.party == self.draft.party)
        return "" if stands else self.draft.text


def hearing_panel(
    request: HttpRequest, about: About, subject_id: UUID, *, draft: Draft | None = None
) -> Panel:
    """Raises ObjectDoesNotExist where there is no such act, KeyError where no room has named acts of this kind."""
    subject = SUBJECTS[about](subject_id)
    found = {Party(one.party): one for one in queries.of_subject(subject_id).select_related("official")}
    acts = may(request, PREPARES[about]) and subject.is_open
    reads = any(may(request, permission) for permission in READS[about])
    required = MUST_BE_HEARD if about is About.REVIEW else frozenset()
    why_not = queries.why_not_act_on([subject_id], required=required)[subject_id] if subject.is_open else None
    policy, now = load_pack(settings.JURISDICTION).hearings, clock.now()
    where = {
        name: reverse(f"console:hearing_{name}_{about}", args=[subject_id])
        for name in ("ask", "leave_out", "written")
    }
    return Panel(
        parties=[
            _heard(party, found.get(party), subject, acts=acts, reads=reads)
            for party in (*subject.parties, *sorted(set(found) - set(subject.parties)))
        ],
        why_not=refusal_words(why_not) if why_not else "",
        acts=acts,
        usual=span(length_of(str(policy.operator_within))),
        urgent=span(length_of(str(policy.urgent_within))),
        article=_citation(policy.unheard.get(about)),
        exceptions=[(code.value, str(UNHEARD[code])) for code in Unheard],
        ways=[(way.value, str(WAYS[way])) for way in (Way.LETTER, Way.TELEPHONE)],
        shortest=SHORTEST,
        longest=LONGEST,
        today=now.astimezone(load_pack(settings.JURISDICTION).zone).date().isoformat(),
        draft=draft or Draft(),
        problem=refusal_words(draft.problem) if draft and draft.problem else "",
        **where,
    )


def _citation(rule: MayBeLeftOut | None) -> str:
    """Empty where nobody has read what the law says."""
    if rule is None:
        return ""
    return rule.source.cite_ko(rule.article) if in_korean() else rule.source.cite_en(rule.article)


def _heard(party: Party, hearing: Hearing | None, subject: Subject, *, acts: bool, reads: bool) -> Heard:
    state = State(hearing.state) if hearing else State.ASKED
    now, is_closed = clock.now(), hearing is not None and hearing.closed_at is not None
    zone = subject.operator.zone if subject.operator else ""

    def may_become(after: State) -> bool:
        return acts and not is_closed and may_move(MOVES, state, after)

    return Heard(
        party=party.value,
        words=str(PARTIES[party]),
        mark=hearing_mark(state) if hearing else None,
        at=moment(hearing.changed_at, now=now) if hearing else None,
        until=officials_first(hearing.until, zone=zone) if hearing and hearing.until else [],
        told=str(TOLD[Told(hearing.told)]) if hearing and hearing.told else "",
        way=str(WAYS[Way(hearing.way)]) if hearing and hearing.way else "",
        opinion=hearing.opinion if hearing and reads else "",
        is_kept_back=bool(hearing and hearing.opinion and not reads),
        exception=str(UNHEARD[Unheard(hearing.exception)]) if hearing and hearing.exception else "",
        note=hearing.note if hearing and reads else "",
        by=hearing.official.get_username() if hearing and hearing.official else "",
        may_ask=acts and hearing is None and party in _ASKABLE and subject.operator is not None,
        may_leave_out=may_become(State.LEFT_OUT),
        may_write=may_become(State.HEARD),
    )
