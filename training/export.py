"""From a checkpoint to ONNX: levels in, logits out, everything between inside the file."""

from pathlib import Path
from typing import Final

import numpy as np
import torch
from torch import Tensor, nn

_SAME: Final = 1e-3


class Whole(nn.Module):
    """The detector's first answer alone: (n, 3, size, size) levels, red first -> (n,) logits."""

    def __init__(self, net: nn.Module) -> None:
        super().__init__()
        self.net = net

    def forward(self, pixels: Tensor) -> Tensor:
        logits: Tensor = self.net(pixels)[0]
        return logits


def export(net: nn.Module, path: Path, *, size: int) -> None:
    """Raises ValueError where the runtime would not say what the network says."""
    import onnxruntime  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    whole = (
        Whole(net).to(memory_format=torch.contiguous_format).eval()
    )  # the exporter sets it back to what it was
    torch.onnx.export(
        whole, (torch.zeros(1, 3, size, size),), str(path), dynamo=False, opset_version=17,
        input_names=["pixels"], output_names=["logit"], dynamic_axes={"pixels": {0: "n"}, "logit": {0: "n"}},
    )  # fmt: skip
    seen = np.random.default_rng(1).integers(0, 256, (3, 3, size, size)).astype(np.float32)
    said = onnxruntime.InferenceSession(str(path)).run(None, {"pixels": seen})[0]
    with torch.inference_mode():
        meant = whole(torch.from_numpy(seen)).numpy()
    if not np.allclose(said, meant, atol=_SAME):
        raise ValueError(f"{path}: the exported network says {said}, the trained one {meant}.")
