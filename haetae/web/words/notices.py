"""What a notice lacks, in words: for the task of whoever puts it right, and for the attempt that came to nothing."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

_LACKING: Final[Mapping[str, str | Promise]] = {
    "lacks_signature": _("the signature of the agency, which is its English name"),
    "lacks_content_id": _("fingerprints of the content"),
    "lacks_location": _("the exact address"),
    "lacks_reasons": _("the reasons"),
    "lacks_good_faith_statement": _("the statement of good faith"),
    "lacks_contact": _("a mailbox at which the agency is reached"),
    "lacks_notifier": _("the name and the mailbox of the agency"),
    "lacks_subject_or_agent": _("for whom the agency acts"),
    "lacks_declaration_on_service": _("the declaration that it is provided on the service"),
    "lacks_prima_facie_proof": _("what shows that it is what it is said to be"),
    "basis_not_in_force": _("an article that is in force"),
    "malformed": _("the form that the schema asks for"),
    "too_large": _("a size that every way can carry"),
}


def lacking_words(code: str) -> str:
    """`code` is that of an attempt, notice_lacks_contact; empty where it is about something else."""
    name = code.removeprefix("notice_")
    return str(_LACKING[name]) if name in _LACKING and name != code else ""


def lacks(code: str) -> str:
    """The same as a sentence, or empty."""
    what = lacking_words(code)
    return now("It lacks %(what)s.") % {"what": what} if what else ""
