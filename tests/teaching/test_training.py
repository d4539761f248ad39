"""The commands that train are there for everybody, also where what they train with is not installed."""

import subprocess
import sys

import numpy as np
import pytest

from training.measures import auc, tpr_at

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


def test_a_tie_counts_half_and_a_threshold_lets_no_more_real_ones_through_than_it_says() -> None:
    real, fake = np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.3, 0.5])
    assert auc(real, fake) == (2.5 + 4) / 8
    assert tpr_at(real, fake, 0.25) == 0.5
    assert tpr_at(real, fake, 0.0) == 0.5
    assert tpr_at(real, np.array([0.4]), 0.0) == 0.0
