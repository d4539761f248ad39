"""`python -m training.face_finder learn | check | set | publish`: see training/README.md."""

import argparse
from datetime import UTC, datetime
from pathlib import Path


def _arguments() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m training.face_finder", description=__doc__)
    told.add_argument("what", choices=["learn", "check", "set", "publish"])
    told.add_argument("--landmarks", type=Path, required=True, help="aaf_landmarks468.npz")
    told.add_argument(
        "--photographs", type=Path, required=True, help="All-Age-Faces: a git directory or a folder"
    )
    told.add_argument("--backgrounds", type=Path, help="a folder of photographs without anybody")
    told.add_argument("--out", type=Path, default=Path("training/runs/face_finder.safetensors"))
    told.add_argument("--pictures", type=int, default=200_000)
    told.add_argument("--minutes", type=float, default=1e9)
    told.add_argument("--version", default="0.0.0", help="of what is published")
    told.add_argument("--models", type=Path, default=Path("models"), help="where it is published")
    return told.parse_args()


def main() -> None:
    """Heavy libraries come in only after the arguments are read, so that --help needs none."""
    told = _arguments()
    import torch  # noqa: PLC0415

    from training.face_finder import learn  # noqa: PLC0415
    from training.face_finder.scenes import read_backgrounds  # noqa: PLC0415
    from training.faces import aaf  # noqa: PLC0415

    torch.set_num_threads(1)
    learning, left_out = aaf.read(landmarks=told.landmarks, photographs=told.photographs)
    kinds = {".jpg", ".jpeg", ".png", ".bmp"}
    below = told.backgrounds.rglob("*") if told.backgrounds else ()
    backgrounds = read_backgrounds(sorted(path for path in below if path.suffix.lower() in kinds))
    print(f"{len(learning)} faces, {len(left_out)} to check with, {len(backgrounds)} backgrounds", flush=True)
    if told.what == "set":
        from training.face_finder.sets import write_set  # noqa: PLC0415

        write_set(left_out, told.out)
        return
    state = learn.begun(told.out)
    if told.what == "learn":
        learn.learn(state, learning, backgrounds, path=told.out, pictures=told.pictures, minutes=told.minutes)
    if told.what == "publish":
        from training.face_finder.publish import publish  # noqa: PLC0415

        folder = told.models / f"face-finder-{told.version}"
        today = datetime.now(tz=UTC).date()
        print(publish(state, left_out, backgrounds, folder, version=told.version, today=today))
        return
    print(learn.checked(state.mean, left_out, backgrounds), flush=True)


if __name__ == "__main__":
    main()
