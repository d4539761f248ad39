"""What kinds of documents are called, and why there is no PDF of one."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from haetae.documents.document import Language
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.states import Kind
from haetae.web.words.language import in_korean

KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.DECISION: pgettext_lazy("document", "Decision of the review commission"),
    Kind.BLOCK_EXTENSION: pgettext_lazy("document", "Longer temporary block"),
    Kind.HEARING: pgettext_lazy("document", "Request for an opinion"),
    Kind.ORDER: pgettext_lazy("document", "Corrective order"),
    Kind.SURCHARGE: pgettext_lazy("document", "Surcharge"),
    Kind.FINE: pgettext_lazy("document", "Administrative fine"),
    Kind.SANCTION_CHANGE: pgettext_lazy("document", "Change of a sanction"),
    Kind.DESIGNATION: pgettext_lazy("document", "Designation"),
    Kind.COST_NOTICE: pgettext_lazy("document", "What a deletion cost"),
    Kind.CERTIFICATE: pgettext_lazy("document", "Certificate of a session"),
    Kind.TRAINING_ORDER: pgettext_lazy("document", "Training of managers"),
}
LANGUAGES: Final[Mapping[Language, str]] = {Language.KO: "한국어", Language.EN: "English"}
_NO_PDF: Final[Mapping[str, str | Promise]] = {
    "korean_type_missing": _(
        "This server has no type for Korean letters, so there is no PDF of it. Read the document as a web page, and ask"
        " whoever runs this system to install Noto Sans CJK (Debian: fonts-noto-cjk)."
    ),
    "too_long": _("It is too long for a PDF. Read the document as a web page."),
    "not_set": _(
        "The PDF could not be made. Read the document as a web page, and tell whoever runs this system."
    ),
    "not_as_issued": _(
        "What is kept of this document is not what was issued, so it is not shown. Tell whoever runs this system."
    ),
}


def kind_words(kind: str) -> str:
    return str(KINDS[Kind(kind)])


def issuer_words(issued: IssuedDocument) -> str:
    """The agency by the name that it had on that day."""
    return issued.agency_name_ko if in_korean() else issued.agency_name_en


def no_document_words(code: str) -> str:
    return str(_NO_PDF.get(code, code))
