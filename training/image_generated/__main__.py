"""`python -m training.image_generated draw | learn | check | set | export | publish`: see training/README.md."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

_LEFT_OUT = "bsds,kodak,sun,urban"


def _arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m training.image_generated", description=__doc__)
    told.add_argument(
        "what",
        choices=["draw", "learn", "check", "set", "export", "publish"],
        help="cut squares and draw them again, learn from them, check a checkpoint, write a set for haetae evaluate, "
        "write the network as ONNX, or with its card",
    )
    told.add_argument(
        "--photographs",
        type=Path,
        help="for draw: a folder that holds one folder of photographs for each source",
    )
    told.add_argument("--squares", type=Path, required=True, help="the folder of what draw made")
    told.add_argument(
        "--left-out", default=_LEFT_OUT, help="sources that are checked with and not learned from"
    )
    told.add_argument("--most", type=int, default=1000, help="for draw: squares of each source")
    told.add_argument(
        "--teach-minutes", type=float, default=2.0, help="for draw: of each autoencoder, of processor time"
    )
    told.add_argument("--check-most", type=int, default=150, help="the same of each source that is left out")
    told.add_argument("--out", type=Path, default=Path("training/runs/image_generated.safetensors"))
    told.add_argument("--onnx", type=Path, default=Path("training/runs/image_generated.onnx"))
    told.add_argument(
        "--models", type=Path, default=Path("models"), help="for publish: its folder is made here"
    )
    told.add_argument("--version", default="0.1.0", help="for publish")
    told.add_argument("--pictures", type=int, default=1_000_000, help="to have been seen in all")
    told.add_argument("--minutes", type=float, default=1e9, help="stop after so long all the same")
    told.add_argument(
        "--cool-down", type=float, default=0.0, help="the share at the end in which the rate falls"
    )
    told.add_argument("--rate", type=float, default=1e-3)
    told.add_argument("--pairs", type=int, default=16, help="in a batch; twice as many pictures")
    told.add_argument("--check-every", type=int, default=25_000)
    told.add_argument("--cues", choices=["differences", "levels"], default="differences")
    told.add_argument(
        "--recipe", choices=["heavy", "light", "even", "sharp"], default="heavy", help="how pairs are worn"
    )
    told.add_argument("--threads", type=int, default=1)
    told.add_argument("--makers", type=int, default=1, help="processes that make the pairs")
    told.add_argument("--seed", type=int, default=1)
    return told.parse_args()


def main() -> None:
    """Heavy libraries come in only after the arguments are read, so that --help needs none."""
    told = _arguments()
    import torch  # noqa: PLC0415

    torch.set_num_threads(told.threads)
    left_out = frozenset(told.left_out.split(","))
    if told.what == "draw":
        _draw(told, left_out)
    else:
        _learn(told, left_out)


def _draw(told: argparse.Namespace, left_out: frozenset[str]) -> None:
    import cv2  # noqa: PLC0415

    from training.image_generated import drawing, photographs  # noqa: PLC0415
    from training.image_generated.autoencoders import BUILDS, UNSEEN  # noqa: PLC0415

    if told.photographs is None:
        raise SystemExit("--photographs is missing: draw cuts its squares from there.")
    cv2.setNumThreads(told.threads)
    found = photographs.sources(told.photographs)
    learned = frozenset(source.name for source in found) - left_out
    most = {name: told.most if name in learned else told.check_most for name in learned | left_out}
    drawing.cut(found, told.squares, most=most)
    for name in BUILDS:
        drawing.teach(name, told.squares, left_out=left_out, minutes=told.teach_minutes)
        drawing.draw(name, told.squares, only=left_out if name == UNSEEN else learned)


def _learn(told: argparse.Namespace, left_out: frozenset[str]) -> None:
    import torch  # noqa: PLC0415

    from training import learning  # noqa: PLC0415
    from training.export import export  # noqa: PLC0415
    from training.image_generated.checking import Checked  # noqa: PLC0415
    from training.image_generated.looks import RECIPES  # noqa: PLC0415
    from training.image_generated.network import SIZE, Cues, Detector  # noqa: PLC0415
    from training.image_generated.pairs import Pairs, batches  # noqa: PLC0415

    # Exporting is done on the processor.
    device = "cuda" if torch.cuda.is_available() and told.what in {"learn", "check"} else "cpu"
    state = learning.begun(lambda: Detector(Cues(told.cues)), told.out, device=device)
    if told.what == "export":
        export(state.mean, told.onnx, size=SIZE)
        return
    check = Checked(told.squares, left_out=left_out)
    if told.what == "check":
        print(check.every(state.mean))
        return
    if told.what == "set":
        from training.image_generated.sets import write_set  # noqa: PLC0415

        write_set(check, told.out)
        return
    if told.what == "publish":
        from training.image_generated.publish import publish_image_generated  # noqa: PLC0415

        folder = told.models / f"image-generated-{told.version}"
        today = datetime.now(tz=UTC).date()
        print(publish_image_generated(state, check, folder, version=told.version, today=today))
        return
    plan = learning.Plan(
        pictures=told.pictures, minutes=told.minutes, cool_down=told.cool_down, rate=told.rate,
        pairs=told.pairs, check_every=told.check_every, device=device,
    )  # fmt: skip
    pairs = Pairs(
        told.squares, left_out=left_out, recipe=RECIPES[told.recipe], seed=told.seed, seen=state.seen
    )
    lessons = batches(pairs, size=plan.pairs, makers=told.makers)
    learning.learn(state, lessons, plan=plan, path=told.out, check=check)


if __name__ == "__main__":
    main()
