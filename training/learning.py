"""The loop of the detectors: pairs in, a little better each time; checked, written down and saved now and then.

A detector answers with logits (n,) of the pictures and logits (n, rows, columns) of their cells.
"""

import copy
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.checkpoints import Learning, load, save
from training.checks import Check


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`pictures` counts real ones and blends; in the share `cool_down` at the end the rate falls to nothing."""

    pictures: int
    pairs: int = 24
    rate: float = 1e-3
    warm_up: int = 6_000
    cool_down: float = 0.0
    cells_weight: float = 1.0
    rank_weight: float = 0.3
    check_every: int = 50_000
    save_every: int = 10_000
    minutes: float = 1e9
    bf16: bool = True
    device: str = "cpu"


@dataclass(kw_only=True)
class Curve:
    """One line of JSON for each check, kept beside the checkpoint."""

    path: Path
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, row: dict[str, object]) -> None:
        self.rows.append(row)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as out:
            out.write(json.dumps(row, sort_keys=True) + "\n")


def begun(
    make: Callable[[], nn.Module], path: Path, *, device: str = "cpu", weight_decay: float = 1e-2
) -> Learning:
    """A new state of a network that `make` makes, or the one that is saved at `path`."""
    torch.manual_seed(1)
    net = make().to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    state = Learning(
        net=net,
        mean=copy.deepcopy(net).eval(),
        optimiser=torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=weight_decay),
    )
    if path.exists():
        load(state, path)
    return state


def loss_of(logits: Tensor, cells: Tensor, altered: Tensor, plan: Plan) -> tuple[Tensor, Tensor]:
    """Real and blend stand in turn. Whether, where, and that each blend ranks above its own original."""
    truth = torch.tensor([0.0, 1.0], device=logits.device).repeat(len(altered))
    whole = functional.binary_cross_entropy_with_logits(logits, truth)
    wanted = torch.zeros_like(cells)
    wanted[1::2] = altered
    where = functional.binary_cross_entropy_with_logits(cells, wanted)
    rank = functional.softplus(logits[0::2] - logits[1::2]).mean()
    return whole + plan.cells_weight * where + plan.rank_weight * rank, whole


def learn(
    state: Learning, lessons: Iterator[tuple[Tensor, Tensor]], *, plan: Plan, path: Path, check: Check
) -> None:
    """Until so many pictures were seen in all, or so many minutes passed. Saved now and then, and at the end."""
    curve, began_s, first = Curve(path=path.with_suffix(".jsonl")), time.monotonic(), state.seen
    checked, saved, losses = state.seen, state.seen, []
    while state.seen < plan.pictures and time.monotonic() - began_s < plan.minutes * 60:
        pixels, altered = next(lessons)
        losses.append(_step(state, pixels, altered, plan))
        if state.seen - checked >= plan.check_every:
            checked = state.seen
            row = {
                "seen": state.seen,
                "loss": round(sum(losses) / len(losses), 4),
                "per_s": round((state.seen - first) / (time.monotonic() - began_s), 1),
            }
            losses = []
            curve.add(row | check(state.mean))
            print(curve.rows[-1], flush=True)
        if state.seen - saved >= plan.save_every:
            saved = state.seen
            save(state, path, facts=asdict(plan))
    save(state, path, facts=asdict(plan))


def _step(state: Learning, pixels: Tensor, altered: Tensor, plan: Plan) -> float:
    for group in state.optimiser.param_groups:
        group["lr"] = plan.rate * _share_of_rate(state.seen, plan)
    state.net.train()
    x = pixels.to(plan.device).to(torch.float32).to(memory_format=torch.channels_last)
    with torch.autocast(plan.device, torch.bfloat16, enabled=plan.bf16):
        logits, cells = state.net(x)
    loss, whole = loss_of(logits.float(), cells.float(), altered.to(plan.device), plan)
    improve(state, loss, batch=len(pixels), steepest=1.0)
    return float(whole.detach())


def improve(state: Learning, loss: Tensor, *, batch: int, steepest: float) -> None:
    """One step against the loss, no steeper than that; the mean follows, and `batch` more pictures were seen."""
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(state.net.parameters(), steepest)
    state.optimiser.step()
    state.seen += batch
    state.follow(batch=batch)


def _share_of_rate(seen: int, plan: Plan) -> float:
    left = (plan.pictures - seen) / max(plan.pictures * plan.cool_down, 1)
    return min(1.0, (seen + 1) / plan.warm_up, max(left, 0.0) if plan.cool_down else 1.0)
