"""Very many known hashes in the database, by COPY: for measuring, not how anything enters the bank."""

import hashlib
from uuid import uuid4

from django.db import connection

from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.detect.matching import Tier
from haetae.hashbank import actions
from haetae.hashbank.models import KnownPicture

LIST = "many"


def drawn(number: int) -> str:
    """A hash that looks random and is the same each time."""
    return hashlib.sha256(str(number).encode()).hexdigest()


def fill(count: int) -> None:
    """Make so many pictures known on one list, under one version."""
    actions.keep_list(name=LIST, actor=SYSTEM)
    now = clock.now().isoformat()
    columns = (
        "id, list_name, tier, media, sha256, md5, pdq, dhash, foreign_id, added_at, changed_at, version,"
        " withdrawn_by_issuer, to_forget"
    )
    statement = f"COPY {KnownPicture._meta.db_table} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for number in range(count):
            pdq, tier = drawn(number), int(Tier.COUNSELLOR_CHECKED)
            copy.write_row(
                (uuid4(), LIST, tier, "image", "", "", pdq, drawn(-number - 1), "", now, now, 1, False, False)
            )
