"""Everything that reads acts."""

from collections.abc import Sequence
from dataclasses import dataclass

from haetae.agencies.investigation.undercover.models import UndercoverAct, UndercoverOperation
from haetae.agencies.investigation.undercover.queries import words_of


@dataclass(frozen=True, kw_only=True)
class ActInWords:
    act: UndercoverAct
    what: str
    intent: str


def acts_of(operation: UndercoverOperation, *, key: bytes) -> Sequence[ActInWords]:
    """The newest first, the refused ones too."""
    rows = UndercoverAct.objects.filter(operation=operation).select_related("officer").order_by("-at", "pk")
    return [ActInWords(act=one, **words_of(one.words, key=key, about=one.pk)) for one in rows]
