"""`python -m bench.story --out haetae/story/recording`: plays the whole flow and writes down what happened."""

import argparse
import tempfile
from pathlib import Path

from bench.scratch import database_in_scratch


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    out: Path = asked.parse_args().out
    with database_in_scratch(), tempfile.TemporaryDirectory(prefix="haetae-story-") as folder:
        from bench.story.playing import play  # noqa: PLC0415 - Django is ready only now

        files = play(Path(folder))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (out / name).write_bytes(content)
        print(f"{out / name}: {len(content):,} bytes")


if __name__ == "__main__":
    main()
