"""Teaching the autoencoders, and drawing every square again with each, once, into files that are then mapped."""

import json
import time
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.image_generated.autoencoders import BUILDS, Autoencoder, Critic, loss_of
from training.image_generated.photographs import SQUARE, Pixels, Source, squares

_SIDE: Final = 128  # of the places an autoencoder learns from
_SHARP_AFTER: Final = 0.4  # share of the time: a critic of what is not drawn at all yet teaches nothing
_SHARP_WEIGHT: Final = 0.02
_BATCH: Final = 2  # many small steps teach so small a network sooner than a few large ones


def cut(found: list[Source], folder: Path, *, most: dict[str, int], seed: int = 7) -> None:
    """`folder`/SOURCE.npy (n, SQUARE, SQUARE, 3) for each source that `most` names: at most so many squares."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, source in enumerate(found):
        if source.name in most:
            rng = np.random.default_rng([seed, number])
            kept = list(squares(source, most=most[source.name], rng=rng))
            np.save(folder / f"{source.name}.npy", np.stack(kept))


def teach(name: str, folder: Path, *, left_out: frozenset[str], minutes: float) -> Autoencoder:
    """An autoencoder of a build, kept as `folder`/NAME.pt and taught no square of a source that is left out.

    `minutes` are of the processor's time, so that a busy machine teaches as much as an idle one.
    """
    torch.manual_seed(3)
    net = Autoencoder(BUILDS[name]).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-4)
    opponent = _Opponent() if BUILDS[name].sharp else None
    kept = [real for source, real in reals(folder).items() if source not in left_out]
    rng, began_s, seen = np.random.default_rng(11), time.process_time(), 0
    loss = torch.tensor(0.0)
    while (share := (time.process_time() - began_s) / (minutes * 60)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * (1 - share) * min(1.0, (seen + 1) / 300)
        pixels = _places(kept, rng)
        with torch.autocast("cpu", torch.bfloat16):
            drawn = net(pixels)
        loss = loss_of(drawn.float(), pixels)
        if opponent and share > _SHARP_AFTER:
            loss = loss + opponent.against(drawn.float(), pixels)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        seen += len(pixels)
    torch.save(net.state_dict(), folder / f"{name}.pt")
    row = {"name": name, "seen": seen, "psnr_db": round(_psnr_db(net.eval(), kept, rng), 2)}
    with (folder / "autoencoders.jsonl").open("a") as out:
        out.write(json.dumps(row) + "\n")
    print(row, flush=True)
    return net


def taught(name: str, folder: Path) -> Autoencoder:
    net = Autoencoder(BUILDS[name])
    net.load_state_dict(torch.load(folder / f"{name}.pt", weights_only=True))
    return net.eval()


def draw(name: str, folder: Path, *, only: frozenset[str], seed: int = 13) -> None:
    """`folder`/SOURCE.NAME.npy for the sources of `only`: every square drawn again.

    A third comes from the latent as it is, a third from a noisy one, a third from one of few steps.
    """
    net = taught(name, folder).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    for number, (source, real) in enumerate(reals(folder).items()):
        if source not in only:
            continue
        rng = np.random.default_rng([seed, number])
        path = folder / f"{source}.{name}.npy"
        out = np.lib.format.open_memmap(path, mode="w+", dtype=np.uint8, shape=real.shape)
        for at in range(0, len(real), 4):
            with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
                latent = _disturbed(net.encode(_as_input(real[at : at + 4])), rng)
                drawn = net.drawer(latent).float()
            out[at : at + 4] = _as_pixels(drawn)
        out.flush()


def reals(folder: Path) -> dict[str, Pixels]:
    """The squares of each source, mapped."""
    paths = sorted(path for path in folder.glob("*.npy") if "." not in path.stem)
    return {path.stem: np.load(path, mmap_mode="r") for path in paths}


def _disturbed(latent: Tensor, rng: np.random.Generator) -> Tensor:
    way = int(rng.integers(3))
    if way == 0:
        return latent
    if way == 1:
        noise = torch.from_numpy(rng.normal(0, rng.uniform(0.01, 0.12), latent.shape).astype(np.float32))
        return latent + noise * latent.float().std()
    steps = float(rng.uniform(4, 16)) / float(latent.float().std())
    return torch.round(latent.float() * steps) / steps


class _Opponent:
    """A critic that learns beside an autoencoder, with the hinge loss of generative adversarial networks."""

    def __init__(self) -> None:
        self.critic = Critic().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.optimiser = torch.optim.AdamW(self.critic.parameters(), lr=5e-4, betas=(0.5, 0.9))

    def against(self, drawn: Tensor, pixels: Tensor) -> Tensor:
        """Learns from both, and says what the drawing loses by being told from photographs."""
        both = self.critic(torch.cat([pixels, drawn.detach()]))
        real, made = both.chunk(2)
        self.optimiser.zero_grad(set_to_none=True)
        (functional.relu(1 - real).mean() + functional.relu(1 + made).mean()).backward()
        self.optimiser.step()
        return -_SHARP_WEIGHT * self.critic(drawn).mean()  # type: ignore[no-any-return]


def _places(kept: list[Pixels], rng: np.random.Generator) -> Tensor:
    places = []
    for _ in range(_BATCH):
        real = kept[int(rng.integers(len(kept)))]
        top, left = rng.integers(0, SQUARE - _SIDE, 2)
        places.append(real[int(rng.integers(len(real)))][top : top + _SIDE, left : left + _SIDE])
    return _as_input(np.stack(places))


def _as_input(pixels: Pixels) -> Tensor:
    levels = torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float()
    return (levels / 127.5 - 1).to(memory_format=torch.channels_last)


def _as_pixels(drawn: Tensor) -> NDArray[np.uint8]:
    levels = ((drawn + 1) * 127.5).round().clamp(0, 255).to(torch.uint8)
    return np.ascontiguousarray(levels.permute(0, 2, 3, 1).numpy())


def _psnr_db(net: nn.Module, kept: list[Pixels], rng: np.random.Generator) -> float:
    found = []
    for _ in range(10):
        pixels = _places(kept, rng)
        with torch.inference_mode():
            drawn = _as_pixels(net(pixels))
        found += [cv2.PSNR(a, b) for a, b in zip(drawn, _as_pixels(pixels), strict=True)]
    return float(np.mean(found))
