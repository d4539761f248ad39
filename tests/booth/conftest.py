"""One booth for all stories: of a fixed day, with an address to take along."""

from datetime import date

import pytest

from haetae.booth.kiosk import Kiosk, Language
from haetae.booth.writing import files_of
from haetae.law.packs import load_pack

DAY = date(2026, 11, 26)


@pytest.fixture(scope="session")
def kiosk() -> Kiosk:
    return Kiosk(
        pack=load_pack("kr"), on=DAY, first=Language.KO, portal="https://portal.example", reset_after_s=60
    )


@pytest.fixture(scope="session")
def files(kiosk: Kiosk) -> dict[str, bytes]:
    return files_of(kiosk)
