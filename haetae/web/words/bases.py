"""On which article a request rests, in the reader's language."""

from datetime import datetime

from django.conf import settings

from haetae.law.citations import article_en, article_ko
from haetae.law.facts import LegalBasis
from haetae.law.packs import NotInForceError, load_pack
from haetae.web.words.language import in_korean


def article_words(basis_id: str, *, at: datetime) -> str:
    """The law and the article without its title: what somebody with forty of them reads."""
    found = _basis(basis_id, at=at)
    if found is None:
        return basis_id
    law = found.source.title_ko if in_korean() else found.source.title_en
    return f"「{law}」 {article_ko(found.article)}" if in_korean() else f"{law}, {article_en(found.article)}"


def basis_words(basis_id: str, *, at: datetime) -> str:
    """The article as it stood then; an id that the pack does not know is shown as it is."""
    found = _basis(basis_id, at=at)
    if found is None:
        return basis_id
    return found.citation_ko if in_korean() else found.citation_en


def _basis(basis_id: str, *, at: datetime) -> LegalBasis | None:
    pack = load_pack(settings.JURISDICTION)
    try:
        return pack.legal_basis(basis_id, on=at.astimezone(pack.zone).date())
    except NotInForceError:
        return None
