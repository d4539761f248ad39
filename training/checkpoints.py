"""A state of learning in one safetensors file: weights, their running mean, the moments, and how far it got."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn


@dataclass(kw_only=True)
class Learning:
    """`mean` is the running mean of the weights, which is what is checked and exported."""

    net: nn.Module
    mean: nn.Module
    optimiser: torch.optim.AdamW
    seen: int = 0

    def follow(self, *, batch: int) -> None:
        """Move the running mean a little towards the weights; at first it follows faster."""
        keep = min(0.999, 1 - 1 / (1 + self.seen / batch / 10))
        with torch.no_grad():
            states = (self.mean.state_dict().values(), self.net.state_dict().values())
            for mean, now in zip(*states, strict=True):
                if mean.is_floating_point():
                    mean.lerp_(now, 1 - keep)
                else:
                    mean.copy_(now)


def save(state: Learning, path: Path, *, facts: dict[str, object]) -> None:
    """Written beside and then put in place, so that a run that is cut off leaves the one before."""
    tensors = {f"net.{name}": tensor for name, tensor in state.net.state_dict().items()}
    tensors |= {f"mean.{name}": tensor for name, tensor in state.mean.state_dict().items()}
    names = [name for name, _ in state.net.named_parameters()]
    for name, parameter in zip(names, state.optimiser.param_groups[0]["params"], strict=True):
        for moment, tensor in state.optimiser.state.get(parameter, {}).items():
            tensors[f"optimiser.{moment}.{name}"] = tensor
    whole = {name: tensor.detach().cpu().clone().contiguous() for name, tensor in tensors.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    save_file(whole, new, metadata={"facts": json.dumps(facts | {"seen": state.seen}, sort_keys=True)})
    new.replace(path)


def load(state: Learning, path: Path) -> dict[str, object]:
    """Fill a state from a file; returns what it was saved with. Raises ValueError where it is of another network."""
    with safe_open(path, framework="pt") as file:
        facts: dict[str, object] = json.loads((file.metadata() or {}).get("facts", "{}"))
        tensors: dict[str, Tensor] = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    try:
        state.net.load_state_dict(_part(tensors, "net."))
        state.mean.load_state_dict(_part(tensors, "mean."))
    except RuntimeError as other:
        raise ValueError(f"{path} is of another network: {other}") from other
    for name, parameter in state.net.named_parameters():
        moments = {
            key.split(".")[1]: tensor
            for key, tensor in tensors.items()
            if key.startswith("optimiser.") and key.split(".", 2)[2] == name
        }
        if moments:
            where = {name: tensor.to(parameter.device) for name, tensor in moments.items() if name != "step"}
            state.optimiser.state[parameter] = where | {"step": moments["step"]}
    state.seen = int(str(facts.get("seen", 0)))
    return facts


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
