"""Machine code is made once and kept."""

import os
import subprocess
import sys

from haetae.detect.kernels import compile_all


def test_a_second_process_compiles_nothing() -> None:
    compile_all()
    said = subprocess.run(
        [sys.executable, "-c", "from haetae.detect.kernels import compile_all; print(compile_all())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "0"


def test_whoever_only_starts_haetae_does_not_wait_for_a_compiler() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, django; django.setup(); print('numba' in sys.modules)"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "haetae.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"


def test_an_opener_never_loads_what_makes_machine_code() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, haetae.detect.opening.child; print('numba' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"
