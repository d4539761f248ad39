"""What an answer led to, for whoever has just given it: what happens next, and what can still be said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from haetae.flow.overview.desk.rows import DeskRow
from haetae.flow.removal.states import State
from haetae.operators.answers.rules import Reason
from haetae.web.operator.desk.lines import DeskLine, decides_within
from haetae.web.words.answers import reason_of_refusal


@dataclass(frozen=True, kw_only=True)
class Said:
    """`line` carries the buttons of what may still be said; `reason` why it was refused."""

    line: DeskLine
    reason: str
    sentences: Sequence[str]


def said_of(row: DeskRow, shown: DeskLine) -> Said:
    state = State(row.request.state)
    reason = reason_of_refusal(row.request.operator_reason) if state is State.REFUSED else ""
    return Said(line=shown, reason=reason, sentences=list(_sentences(row, shown)))


def _sentences(row: DeskRow, shown: DeskLine) -> Iterator[str]:
    state = State(row.request.state)
    if state is State.CLAIMED:
        yield _("We look twice. If it is still there, it comes back to you.")
    elif state is State.UNSURE and row.may_judge:
        yield _("That is a right answer. It is not decided yet, and you may judge by yourself.")
    elif state is State.UNSURE:
        yield _("That is a right answer. The review commission decides within %(span)s.") % {
            "span": decides_within()
        }
        if shown.is_hidden:
            yield _("It stays hidden until then.")
    elif state is State.REFUSED:
        if row.request.operator_reason == Reason.PRIVATE_CHAT:
            yield _("We ask about public pages alone.")
        yield _("The review commission decides within %(span)s.") % {"span": decides_within()}
    elif state is State.ACCESS_BLOCKED:
        yield _("We look whether nobody can open it. It is not counted as removed.")
