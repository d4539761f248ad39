"""What the documents of the recording are."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from haetae.web.words.story.telling import Words

_PAPERS: Final[Mapping[str, Words]] = {
    "notice": _("The notice to the platform"),
    "decision": _("The decision with its reasons"),
    "order": _("The order"),
    "surcharge": _("The surcharge notice"),
}


def paper_words(kind: str) -> str:
    """Raises KeyError for a kind that no scene issues."""
    return str(_PAPERS[kind])
