"""What an evaluation found, written into the card of the model that it measured."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from haetae.detect.classifying.card import CARD, read_card
from haetae.detect.classifying.card_text import readable

FIGURES: Final = (
    "auc", "ap", "paired_accuracy", "tpr_at_fpr_01", "fpr_at_threshold", "tpr_at_threshold",
)  # fmt: skip


def report_of(measured: Mapping[str, Any], *, name: str) -> dict[str, Any]:
    """The part of `haetae evaluate --json` that belongs in a card, under the name of the set.

    `auc_half` and `auc_jpeg75` are after half the size and JPEG 75. Raises ValueError where one side was not scored.
    """
    n = measured["n"]
    if not (n["real"] and n["fake"]):
        raise ValueError(f"{name}: nothing of one side was scored, so there is nothing to put into a card.")
    figures = {figure: measured[figure] for figure in FIGURES}
    figures |= {f"auc_{how}": measured["robustness"][how]["auc"] for how in ("jpeg75", "half")}
    return {
        "measured_on": name,
        "cross_source": measured["cross_source"],
        "real": n["real"],
        "fake": n["fake"],
        "witnesses": n["witnesses"],
        "figures": figures,
    }


def put_into_card(folder: Path, report: Mapping[str, Any]) -> None:
    """Add a report to the card in `folder`, or put it in the place of the one of the same set.

    Raises ModelRefusedError where the card would no longer be one, and then leaves it as it was.
    """
    path = folder / CARD
    said = json.loads(path.read_text(encoding="utf-8"))
    kept = [one for one in said["evaluation"] if one["measured_on"] != report["measured_on"]]
    text = readable(said | {"evaluation": [*kept, dict(report)]})
    read_card(text, where=str(path))
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
