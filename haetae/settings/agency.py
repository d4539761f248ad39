"""In whose name operators are asked, and where they answer."""

import re
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from haetae.settings.environment import Environment

_MAILBOX: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, kw_only=True)
class Agency:
    """What every notice says of whoever sends it. An empty `mailbox` lets no notice go out."""

    name_ko: str
    name_en: str
    mailbox: str
    country: str
    public_origin: str
    operators_origin: str


def agency_of(told: Environment, *, demonstration: bool = False) -> Agency:
    """As it was told; in a demonstration what was not told is made up. Raises ImproperlyConfigured."""
    mailbox = told.HAETAE_AGENCY_MAILBOX
    if mailbox and not _MAILBOX.fullmatch(mailbox):
        raise ImproperlyConfigured("HAETAE_AGENCY_MAILBOX must be one address, as requests@agency.example.")
    public = told.HAETAE_PUBLIC_ORIGIN
    if demonstration:
        public = public or f"http://127.0.0.1:{told.HAETAE_WEB_PORT or 8700}"
        mailbox = mailbox or "requests@agency.example"
    name_ko, name_en = ("해태 시연 기관", "Haetae demonstration agency") if demonstration else ("", "")
    return Agency(
        name_ko=told.HAETAE_AGENCY_NAME_KO or name_ko,
        name_en=told.HAETAE_AGENCY_NAME_EN or name_en,
        mailbox=mailbox,
        country=told.HAETAE_JURISDICTION.upper(),
        public_origin=public,
        operators_origin=told.HAETAE_OPERATORS_ORIGIN or public,
    )
