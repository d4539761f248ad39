"""A bank that was filled before there were lists keeps every row when its tables are brought up to date."""

import json
import subprocess
import sys
from pathlib import Path

from tests.web.test_upload_check_live import installed

BEFORE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from haetae.running.tables import build_less

build_less()
call_command("migrate", "hashbank", "0002", verbosity=0)
rows = (
    "INSERT INTO hashbank_knownpicture (id, list_name, tier, sha256, pdq, dhash, added_at, withdrawn_at,"
    " disputed_at, version)"
    " SELECT gen_random_uuid(), 'list' || n % 3, 1 + n % 4, lpad(to_hex(n), 64, '0'), '', '',"
    " now() + CASE n WHEN 7 THEN interval '1 day' ELSE interval '-1 day' END,"
    " CASE n WHEN 1 THEN now() END, CASE n WHEN 2 THEN now() END, n FROM generate_series(1, 20) n"
)
with connection.cursor() as cursor:
    cursor.execute(rows)
"""


def test_rows_from_before_there_were_lists_are_kept_also_those_of_a_clock_that_ran_ahead(tmp_path: Path):
    with installed(tmp_path / "home", up_to_date=False) as here:
        subprocess.run([sys.executable, "-c", BEFORE], env=here.environment, check=True)
        here.do("haetae.running.migrate")
        lists = json.loads(here.do("haetae", "bank", "stats", "--json"))["lists"]
        counts = [(kept["name"], kept["entries"], kept["matched"], kept["withdrawn"]) for kept in lists]
        assert counts == [("list0", 6, 6, 0), ("list1", 7, 6, 1), ("list2", 7, 7, 0)]
        assert here.asked("SELECT count(*) FROM hashbank_knownpicture WHERE disputed_at IS NOT NULL") == ["1"]
