"""The commands that train are there for everybody, also where what they train with is not installed."""

import subprocess
import sys

import pytest

_WITHOUT = """
import runpy, sys
sys.modules["torch"] = None
sys.argv = ["it", "--help"]
runpy.run_module("{module}", run_name="__main__")
"""


@pytest.mark.parametrize(
    "module", ["training.face_manipulated", "training.face_finder", "training.image_generated"]
)
def test_a_training_command_explains_itself_where_torch_is_missing(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", _WITHOUT.format(module=module)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert f"python -m {module}" in told.stdout
    for verb in ("learn", "check"):
        assert verb in told.stdout
