"""What was announced beside what the law says, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.law.person.plan import Claim, Verdict
from haetae.web.words.language import in_korean

VERDICTS: Final[Mapping[Verdict, str | Promise]] = {
    Verdict.MERGED: _("Two rules were told as one."),
    Verdict.ALREADY_LAW: _("It was law already."),
    Verdict.LEAST_TOLD_AS_MOST: _("The least was told as the most."),
    Verdict.INCOMPLETE: _("Only half of it was told."),
    Verdict.OTHER_ACTOR: _("Somebody else does it."),
    Verdict.NOT_ENACTED: _("It is no law."),
    Verdict.ENACTED: _("It has become law."),
}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One claim; `citation` is empty where no article was found."""

    verdict: str
    said: str
    law: str
    citation: str


def beside(claims: Iterable[Claim]) -> list[Beside]:
    korean = in_korean()
    return [
        Beside(
            verdict=str(VERDICTS[claim.verdict]),
            said=claim.said_ko if korean else claim.said_en,
            law=claim.law_ko if korean else claim.law_en,
            citation=_citation(claim, korean=korean),
        )
        for claim in claims
    ]


def _citation(claim: Claim, *, korean: bool) -> str:
    if claim.law is None:
        return ""
    source, article = claim.law.source, claim.law.article
    return source.cite_ko(article) if korean else source.cite_en(article)
