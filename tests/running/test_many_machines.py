"""Two machines, one database between them over the network: one vanishes whole, and nothing is lost or doubled."""

import json
import os
import subprocess
import sys

import pytest

from tests.tables import TELLS_TEMPLATE


@pytest.mark.xdist_group("machines")
def test_a_machine_that_vanishes_takes_nothing_with_it():
    told = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", TELLS_TEMPLATE}}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "tests.machines"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["broken"] == []
    assert found["receipts"] >= 8
    assert found["requests"] >= 1
    assert found["logs_verify"] == [True]
