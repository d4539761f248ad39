"""What somebody wants to see, between the address of the page and overview.choosing.Choice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from haetae.accounts.queries import operators
from haetae.flow import STAGES
from haetae.flow.overview.choosing import NOBODYS, Choice
from haetae.flow.overview.standing import STAGE_OF
from haetae.web.words.states import SOURCES, stage_words, state_mark

_HEX: Final = re.compile(r"[0-9a-f]{1,32}")
# Never the newest of a sighting but for a moment: a new request follows at once.
_PASSING: Final = frozenset({"superseded", "reappeared", "claim_false", "request"})
Option = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """`choice` is what is looked for; `typed` is the number as it was typed, which `is_readable` or is none at all."""

    choice: Choice
    typed: str
    is_readable: bool

    @property
    def is_any(self) -> bool:
        return self.choice.is_any and not self.typed

    @property
    def query(self) -> str:
        """For addresses of the same choice: `stage=review&people=1`; empty where everything is shown."""
        chosen = self.choice
        fields = {
            "stage": chosen.stage,
            "state": chosen.state,
            "operator": chosen.operator,
            "source": chosen.source,
            "people": "1" if chosen.for_people else "",
            "number": self.typed,
        }
        return urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True, kw_only=True)
class Field:
    """One list to choose from; the first option chooses nothing away."""

    name: str
    label: str
    options: Sequence[Option]
    value: str


def filter_of(asked: Mapping[str, str]) -> Filter:
    """What is not understood chooses nothing away; only a number that is none finds nothing, instead of everything."""
    typed = asked.get("number", "").strip()[:40]
    digits = typed.lower().lstrip("#").replace("-", "")
    is_readable = not typed or _HEX.fullmatch(digits) is not None
    choice = Choice(
        stage=_one_of(asked.get("stage", ""), STAGES),
        state=_one_of(asked.get("state", ""), STAGE_OF),
        operator=_operator(asked.get("operator", "")),
        source=_one_of(asked.get("source", ""), SOURCES),
        for_people=asked.get("people") == "1",
        number=digits if is_readable else "",
    )
    return Filter(choice=choice, typed=typed, is_readable=is_readable)


def fields_of(filter_: Filter) -> list[Field]:
    """The lists of the form, in the reader's language."""
    chosen = filter_.choice
    any_ = ("", _("all"))
    states = [(state, state_mark(state).words) for state in STAGE_OF if state not in _PASSING]
    run_by = [(str(operator.pk), operator.name) for operator in operators()]
    return [
        _field("stage", _("Stage"), [any_, *((key, stage_words(key)) for key in STAGES)], chosen.stage),
        _field("state", _("State"), [any_, *states], chosen.state),
        _field("operator", _("Operator"), [any_, *run_by, (NOBODYS, _("not registered"))], chosen.operator),
        _field(
            "source",
            _("Source"),
            [any_, *((key, str(words)) for key, words in SOURCES.items())],
            chosen.source,
        ),
    ]


def _field(name: str, label: str, options: Sequence[Option], value: str) -> Field:
    return Field(name=name, label=label, options=options, value=value)


def _one_of(asked: str, known: Sequence[str] | Mapping[str, object]) -> str:
    return asked if asked in known else ""


def _operator(asked: str) -> str:
    if asked == NOBODYS:
        return asked
    try:
        return str(UUID(asked))
    except ValueError:
        return ""
