"""detect is a library of its own: bytes in, a finding out."""

import subprocess
import sys

from tests.house.code import imports, name_of, sources

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


def test_only_the_second_kind_of_opener_loads_the_libraries_for_films_and_heic():
    check = """
import sys
from haetae.detect import OpenerPool
from haetae.detect.opening import child
from haetae.detect.opening.syscalls import Profile
heavy = {"av", "pi_heif"}
child.decoders_of(Profile.STRICT)
print(sorted(heavy & set(sys.modules)))
child.decoders_of(Profile.THREADS)
print(sorted(heavy & set(sys.modules)))
"""
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n['av', 'pi_heif']\n"


def test_the_block_would_be_felt():
    wrong = BLOCKED.replace("from haetae.detect import", "import django\nfrom haetae.detect import")
    ran = subprocess.run([sys.executable, "-c", wrong], capture_output=True, text=True, check=False)
    assert "detect must not import django" in ran.stderr


def test_no_room_but_the_openers_imports_a_decoder():
    decoders = {"av", "pi_heif", "pillow_heif", "simplejpeg", "cv2", "pyvips", "imageio"}
    for path in sources():
        if not name_of(path).startswith("detect/opening/"):
            tops = {name.partition(".")[0] for name in imports(path)}
            assert not decoders & tops, f"{name_of(path)} has a decoder of its own"
