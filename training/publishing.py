"""From a trained network to a folder that may be loaded: the model, and the card that says what was measured of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying.calibration import Knots, probabilities_of
from haetae.detect.classifying.card_text import readable
from haetae.detect.classifying.measures import auc, tpr_at, upper_bound
from training.calibrating import calibrated

_GOOD_FOR: Final = timedelta(days=365)
# Half of the one per cent that is aimed at: the other half of the identities may look a little more suspect.
_FPR: Final = {"review": 0.005, "act": 0.0}
Scores = NDArray[np.floating]


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Logits of the real and the fake ones of one set; `who` numbers the identities, the same in both."""

    name: str
    real: Scores
    fake: Scores
    who: NDArray[np.intp]


def publish(
    folder: Path, *, export: Callable[[Path], None], card: dict[str, Any], sets: list[Measured], today: date
) -> dict[str, Any]:
    """Half of the identities calibrate and choose the thresholds, the other half measure both. Returns the card."""
    folder.mkdir(parents=True, exist_ok=True)
    export(folder / "model.onnx")
    data = (folder / "model.onnx").read_bytes()
    real, fake, who = (
        np.concatenate([getattr(one, part) for one in sets]) for part in ("real", "fake", "who")
    )
    chosen = who % 2 == 0
    named = card["evaluation_named"]
    calibration = calibrated(real, fake, chosen, measured_on=named)
    thresholds = [
        _threshold(name, real, fake, chosen, knots=calibration["knots"], measured_on=named) for name in _FPR
    ]
    said = {name: value for name, value in card.items() if name != "evaluation_named"} | {
        "sha256": hashlib.sha256(data).hexdigest(),
        "calibration": calibration,
        "thresholds": [one for one in thresholds if one is not None],
        "evaluation": [_report(one) for one in sets],
        "expires": (today + _GOOD_FOR).isoformat(),
    }
    (folder / "model-card.json").write_text(readable(said))
    return said


def _threshold(
    name: str,
    real: Scores,
    fake: Scores,
    chosen: NDArray[np.bool_],
    *,
    knots: Knots,
    measured_on: str,
) -> dict[str, Any] | None:
    """The lowest score that so few of the choosing half exceed, and what the other half says of it.

    None where a real one has the highest score of all: beyond it nothing is told apart.
    """
    ordered = np.sort(real[chosen])[::-1]
    # The runtime's last digit may differ: what lies a hair below the threshold must not have been counted above it.
    just_above = np.array([ordered[int(_FPR[name] * len(ordered))] + 1e-6], dtype=np.float64)
    value = round(float(probabilities_of(knots, just_above)[0]) + 1e-6, 6)
    if value >= knots[-1][1]:
        return None
    wrong, right = (probabilities_of(knots, side[~chosen]) >= value for side in (real, fake))
    return {
        "name": name,
        "value": value,
        "tpr": round(float(right.mean()), 4),
        "fpr": round(float(wrong.mean()), 5),
        "fpr_upper": round(upper_bound(int(wrong.sum()), len(wrong)), 5),
        "real": len(wrong),
        "fake": len(right),
        "measured_on": measured_on,
        "cross_source": False,
    }


def _report(one: Measured) -> dict[str, Any]:
    figures = {
        "auc": round(auc(one.real, one.fake), 4),
        "paired_accuracy": round(float((one.fake > one.real).mean()), 4),
        "tpr_at_fpr_01": round(tpr_at(one.real, one.fake, 0.01), 4),
    }
    numbers = {"real": len(one.real), "fake": len(one.fake)}
    return {"measured_on": one.name, "cross_source": False, **numbers, "figures": figures}
