"""What is asked of one who stands between as one line, with the buttons that fit its state."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haetae.flow.remedies.models import Remedy
from haetae.flow.remedies.states import MOVES, Kind, State
from haetae.operators.answers.rules import Word
from haetae.web.operator.desk.lines import Button, DeskLine
from haetae.web.operator.desk.said import Said
from haetae.web.words.answers import REASONS, reason_of_refusal
from haetae.web.words.bases import basis_words
from haetae.web.words.remedies import remedy_mark, remedy_words

_UNSURE: Final = (Word.UNSURE, State.UNSURE, gettext_lazy("Cannot tell"), "u")
_DONE: Final = (Word.REMOVED, State.CLAIMED, gettext_lazy("Removed"), "r")
_CLOSED: Final = (Word.BLOCKED, State.CLAIMED, gettext_lazy("Opened no more"), "r")


def line_between(remedy: Remedy) -> DeskLine:
    """No due date: none of those who stand between is under a term of ours."""
    may_become = MOVES[State(remedy.state)]
    offered = (_CLOSED if remedy.kind == Kind.ACCESS_BLOCK else _DONE, _UNSURE)
    return DeskLine(
        request_id=remedy.pk,
        number=str(remedy.key)[:8],
        mark=remedy_mark(remedy.state, must_be_told=remedy.must_be_told),
        asked=remedy_words(remedy.kind),
        page_url=remedy.sighting.page_url,
        media_url=remedy.sighting.media_url,
        basis=basis_words(remedy.request.legal_basis, at=remedy.wanted_at),
        legal=[],
        target=None,
        buttons=[
            Button(word=word, words=words, key=key)
            for word, means, words, key in offered
            if means in may_become
        ],
        reasons=list(REASONS.items()) if State.REFUSED in may_become else [],
        may_hide=False,
        is_hidden=False,
        may_show=State(remedy.state) is State.WITHDRAWN and remedy.must_be_told,
        awaited=State.UNSURE in may_become,
        plain=False,
        between=True,
    )


def said_between(remedy: Remedy, shown: DeskLine) -> Said:
    """What its answer led to."""
    state = State(remedy.state)
    reason = reason_of_refusal(remedy.reason) if state is State.REFUSED else ""
    counted = _("We count it by itself, and never as a removal.")
    return Said(line=shown, reason=reason, sentences=[counted] if state is State.CLAIMED else [])
