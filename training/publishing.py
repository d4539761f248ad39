"""From a trained network to a folder that may be loaded: the model, and the card that says what was measured of it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from haetae.detect.classifying.measures import auc, tpr_at, upper_bound

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
    """Half of the identities calibrate and choose the thresholds, the other half measure them. Returns the card."""
    folder.mkdir(parents=True, exist_ok=True)
    export(folder / "model.onnx")
    data = (folder / "model.onnx").read_bytes()
    real, fake, who = (
        np.concatenate([getattr(one, part) for one in sets]) for part in ("real", "fake", "who")
    )
    chosen = who % 2 == 0
    a, b = platt(real[chosen], fake[chosen])
    named = card["evaluation_named"]
    thresholds = [_threshold(name, real, fake, chosen, line=(a, b), measured_on=named) for name in _FPR]
    said = {name: value for name, value in card.items() if name != "evaluation_named"} | {
        "sha256": hashlib.sha256(data).hexdigest(),
        "calibration": {"a": round(a, 5), "b": round(b, 5)},
        "thresholds": [one for one in thresholds if one is not None],
        "evaluation": [_report(one) for one in sets],
        "expires": (today + _GOOD_FOR).isoformat(),
    }
    (folder / "model-card.json").write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")
    return said


def platt(real: Scores, fake: Scores) -> tuple[float, float]:
    """a and b of 1 / (1 + exp(-(a * logit + b))) by Newton's method, each class weighing the same (Platt, 1999)."""
    x = np.concatenate([real, fake]).astype(np.float64)
    y = np.concatenate([np.zeros(len(real)), np.ones(len(fake))])
    weight = np.concatenate([np.full(len(real), 0.5 / len(real)), np.full(len(fake), 0.5 / len(fake))])
    at = np.array([1.0, 0.0])
    columns = np.stack([x, np.ones_like(x)], axis=1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-columns @ at))
        slope = columns.T @ (weight * (p - y))
        bend = (columns * (weight * p * (1 - p))[:, None]).T @ columns + 1e-9 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        at = at - step
        if np.abs(step).max() < 1e-9:
            break
    return float(at[0]), float(at[1])


def _threshold(
    name: str,
    real: Scores,
    fake: Scores,
    chosen: NDArray[np.bool_],
    *,
    line: tuple[float, float],
    measured_on: str,
) -> dict[str, Any] | None:
    """The lowest score that so few of the choosing half exceed, and what the other half says of it."""
    ordered = np.sort(real[chosen])[::-1]
    a, b = line
    logit = float(ordered[int(_FPR[name] * len(ordered))]) + 1e-6
    value = 1 / (1 + np.exp(-(a * logit + b)))
    if value >= 0.99999:
        return None
    # The runtime's last digit may differ: what lies a hair below the threshold must not have been counted above it.
    value = round(float(value) + 5e-6, 5)
    back = (np.log(value / (1 - value)) - b) / a
    wrong, right = real[~chosen] >= back, fake[~chosen] >= back
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
