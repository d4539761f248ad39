"""When models may set something off by themselves: never alone, and never with an unknown share of errors. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from haetae.detect.base_rate import at_base_rate
from haetae.detect.finding import Facts, Signal, SignalKind

ACT, REVIEW, REST = "act", "review", "rest"
_KINDS: Final = frozenset({SignalKind.MODEL_SAID, SignalKind.NOT_ASSESSED})
_EXPLICIT: Final = frozenset({"explicit"})
_ALTERED: Final = frozenset({"face_manipulated", "image_generated"})


@dataclass(frozen=True, kw_only=True)
class Acting:
    """What a jurisdiction allows.

    `for_depicted`: the person shown, or somebody for that person, has reported the file. Of a million uploads
    `could_be_wronged` are looked at under these conditions without being what is sought; at most
    `wrongful_most` of them may be asked to be deleted wrongly, by the upper end of what was measured.
    `sought_per_million` of them are taken to be what is sought.
    """

    for_depicted: bool
    needs_report: bool
    could_be_wronged: float
    wrongful_most: float
    sought_per_million: float | None = None


def wrongful_per_million(signals: Sequence[Signal], acting: Acting) -> float | None:
    """The upper bound of expected wrongful requests per million uploads; None where it cannot be stated.

    A request needs an explicit picture and one of the other models to be wrong at once. How often that happens together
    was not measured, so the bound is that of the side which errs less, and a side errs at most as often as all of its
    models together, those too that had nothing to look at in this file.
    """
    if not all(any(map(_acts, _of(signals, tasks))) for tasks in (_EXPLICIT, _ALTERED)):
        return None
    sides = (
        sum(float(one.facts["act_fpr_upper"]) for one in _of(signals, tasks) if "act_fpr_upper" in one.facts)
        for tasks in (_EXPLICIT, _ALTERED)
    )
    return min(sides) * acting.could_be_wronged


def where_few_are_sought(signal: Signal, acting: Acting | None) -> Facts:
    """What a probability means at the pack's base rate, which is far below that of any set it was measured on."""
    share, sought = signal.facts.get("fake_share"), acting.sought_per_million if acting else None
    if share is None or not sought:
        return {}
    said = min(max(float(signal.facts["probability"]), 0.0005), 0.9995)  # it was rounded to thousandths
    rare = at_base_rate(said, holds_at=float(share), base_rate=sought / 1_000_000)
    return {"sought_per_million": f"{sought:g}", "where_few": f"{rare:.2%}" if rare < 0.01 else f"{rare:.0%}"}


def why_not(signals: Sequence[Signal], acting: Acting | None) -> str | None:
    """None where explicit and altered together may act by themselves; else a code of what is missing."""
    if acting is None:
        return "no_rules"
    bound = wrongful_per_million(signals, acting)
    if bound is None:
        return "below_threshold"
    if not all(bool(one.facts["cross_source"]) for one in signals if _acts(one)):
        return "not_cross_source"
    if acting.needs_report and not acting.for_depicted:
        return "no_report"
    return None if bound <= acting.wrongful_most else "too_many_wrongful"


def suspect_together(signals: Sequence[Signal]) -> bool:
    """Whether both an explicit picture and an altered or generated one are suspected."""
    return all(
        any(one.facts.get("level") in {ACT, REVIEW} for one in _of(signals, tasks))
        for tasks in (_EXPLICIT, _ALTERED)
    )


def _of(signals: Sequence[Signal], tasks: frozenset[str]) -> list[Signal]:
    return [one for one in signals if one.kind in _KINDS and str(one.facts["task"]) in tasks]


def _acts(signal: Signal) -> bool:
    return signal.kind is SignalKind.MODEL_SAID and signal.facts["level"] == ACT
