"""An agency by the name that it had on a day: old acts keep the old name."""

from datetime import datetime

from django.conf import settings

from haetae.law.facts import NotInForceError, Role
from haetae.law.packs import load_pack
from haetae.web.words.language import in_korean


def agency_words(key: str, *, at: datetime) -> str:
    """`key` as in the pack; an agency that it does not know is shown as it is."""
    pack = load_pack(settings.JURISDICTION)
    try:
        agency = pack.agency(role=Role(key), on=at.astimezone(pack.zone).date())
    except (ValueError, NotInForceError):
        return key
    return agency.name_ko if in_korean() else agency.name_en
