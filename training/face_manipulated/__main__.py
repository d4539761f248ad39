"""`python -m training.face_manipulated learn | check | show`: see training/README.md."""

import argparse
from datetime import UTC, datetime
from pathlib import Path


def _arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m training.face_manipulated", description=__doc__)
    told.add_argument(
        "what",
        choices=["learn", "check", "show", "set", "publish"],
        help="learn; check; draw some pairs; write a set; publish",
    )
    told.add_argument(
        "--landmarks", type=Path, required=True, help="aaf_landmarks468.npz, which names what may be opened"
    )
    told.add_argument(
        "--photographs",
        type=Path,
        required=True,
        help="a git directory of All-Age-Faces, or a folder of the listed files",
    )
    told.add_argument(
        "--out",
        type=Path,
        default=Path("training/runs/face_manipulated.safetensors"),
        help="the checkpoint; it is gone on with where it is there",
    )
    told.add_argument(
        "--pictures",
        type=int,
        default=1_000_000,
        help="to have been seen in all, real ones and blends together",
    )
    told.add_argument("--minutes", type=float, default=1e9, help="stop after so long all the same")
    told.add_argument(
        "--cool-down", type=float, default=0.0, help="the share at the end in which the rate falls to nothing"
    )
    told.add_argument("--rate", type=float, default=1e-3)
    told.add_argument("--pairs", type=int, default=24, help="in a batch; twice as many pictures")
    told.add_argument("--view", type=int, default=14, help="cells of 16 pixels a side that are learned from")
    told.add_argument("--met", type=int, default=1, help="how often each blend is met, worn otherwise")
    told.add_argument("--smaller", action="store_true", help="show smaller pictures more often")
    told.add_argument("--threads", type=int, default=1)
    told.add_argument("--makers", type=int, default=1, help="processes that make the blends")
    told.add_argument("--version", default="0.0.0", help="of what is published")
    told.add_argument("--models", type=Path, default=Path("models"), help="where it is published")
    told.add_argument("--seed", type=int, default=1)
    return told.parse_args()


def main() -> None:
    """Heavy libraries come in only after the arguments are read, so that --help needs none."""
    told = _arguments()
    import torch  # noqa: PLC0415

    from training import learning as loop  # noqa: PLC0415
    from training import wear  # noqa: PLC0415
    from training.face_manipulated import checking  # noqa: PLC0415
    from training.face_manipulated.batches import How, Lessons, batches  # noqa: PLC0415
    from training.face_manipulated.network import Detector  # noqa: PLC0415
    from training.faces import aaf  # noqa: PLC0415

    torch.set_num_threads(told.threads)
    learning, left_out = aaf.read(landmarks=told.landmarks, photographs=told.photographs)
    print(f"{len(learning)} faces to learn from, {len(left_out)} to check with", flush=True)
    if told.what == "show":
        from training.face_manipulated.showing import show  # noqa: PLC0415

        show(learning, told.out)
        return
    if told.what == "set":
        from training.face_manipulated.sets import write_set  # noqa: PLC0415

        write_set(left_out, told.out)
        return
    # Publishing exports, which is done on the processor.
    device = "cuda" if torch.cuda.is_available() and told.what != "publish" else "cpu"
    state = loop.begun(Detector, told.out, device=device)
    if told.what == "publish":
        from training.face_manipulated.publish import publish_face_manipulated  # noqa: PLC0415

        folder = told.models / f"face-manipulated-{told.version}"
        today = datetime.now(tz=UTC).date()
        print(publish_face_manipulated(state, left_out, folder, version=told.version, today=today))
        return
    check = checking.Checked(left_out)
    if told.what == "check":
        print(check(state.mean) | checking.worn_figures(state.mean, check.sets))
        return
    plan = loop.Plan(
        pictures=told.pictures, minutes=told.minutes, cool_down=told.cool_down, rate=told.rate, pairs=told.pairs,
        device=device,
    )  # fmt: skip
    shares = wear.OFTEN_SMALLER if told.smaller else wear.FRAMED
    how = How(view=told.view, met_times=told.met, shares=shares)
    lessons = Lessons(learning, seed=told.seed, seen=state.seen, how=how)
    shown = batches(lessons, pairs=plan.pairs, makers=told.makers)
    loop.learn(state, shown, plan=plan, path=told.out, check=check)


if __name__ == "__main__":
    main()
