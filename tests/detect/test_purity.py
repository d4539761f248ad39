"""detect is a library of its own: bytes in, a finding out."""

import subprocess
import sys

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        outside = name.startswith("haetae.") and not (name + ".").startswith("haetae.detect.")
        if outside or name.split(".")[0] in {"django", "httpx", "requests", "urllib3", "psycopg", "granian"}:
            raise ImportError(f"detect must not import {name}.")

sys.meta_path.insert(0, Blocked())
from haetae.detect import Bank, OpenerPool, examine
with OpenerPool() as openers:
    print(examine(b"GIF89a", bank=Bank(), openers=openers).verdict)
"""


def test_detect_works_where_django_and_every_http_client_are_out_of_reach():
    ran = subprocess.run([sys.executable, "-c", BLOCKED], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("undetermined\n", "")


def test_detect_loads_no_http_client_of_the_standard_library():
    clients = "{'http.client', 'urllib.request', 'ssl'}"
    check = f"import sys, haetae.detect; print(sorted({clients} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_block_would_be_felt():
    wrong = BLOCKED.replace("from haetae.detect import", "import django\nfrom haetae.detect import")
    ran = subprocess.run([sys.executable, "-c", wrong], capture_output=True, text=True, check=False)
    assert "detect must not import django" in ran.stderr
