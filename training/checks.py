"""What the checks of all detectors share: scores of pictures, and the same pictures once more as they travel."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from haetae.detect.classifying.measures import auc
from training import wear


class Check:
    """What is measured of a network now and then: a function of it with named figures."""

    def __call__(self, net: nn.Module) -> dict[str, object]:
        raise NotImplementedError


def scores(net: nn.Module, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """One logit for each picture of (n, size, size, 3)."""
    out = []
    net.eval()
    device = next(net.parameters()).device
    with torch.inference_mode():
        for at in range(0, len(pixels), 32):
            part = torch.from_numpy(pixels[at : at + 32]).permute(0, 3, 1, 2)
            part = part.to(device).to(torch.float32).to(memory_format=torch.channels_last)
            out.append(net(part)[0].cpu().numpy())
    return np.concatenate(out)


def worn_again(pixels: NDArray[np.uint8], how: str) -> NDArray[np.uint8]:
    """`jpeg75`: through a JPEG of that quality; `half`: at half the size and back."""
    if how == "jpeg75":
        return wear.jpeg(pixels, 75)
    return wear.scaled(wear.scaled(pixels, 0.5), 2.0, cv2.INTER_LINEAR)


def figures(real: NDArray[np.float32], fake: NDArray[np.float32]) -> dict[str, float]:
    return {"auc": round(auc(real, fake), 4), "paired": round(float((fake > real).mean()), 4)}
