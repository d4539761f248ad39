"""`python -m tests.fuzz.one TARGET SECONDS SEED FOLDER`: one target in a process of its own.

The last line is a JSON object: how many were tried, how much of our code was reached, and what was found.
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "haetae.settings.test")
SLOW_S = 5.0


def main() -> int:
    name, seconds, seed, folder = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    try:
        import atheris
    except ImportError:
        atheris = None  # type: ignore[assignment]
    if atheris is None:
        return _blind(name, seconds=seconds, seed=seed)
    with atheris.instrument_imports(include=["haetae"]):
        from tests.fuzz.target import ready
        from tests.fuzz.targets import TARGETS

        ready()
        target = TARGETS[name]()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds):
        (corpus / f"seed{number}").write_bytes(data)

    options = [f"-max_total_time={seconds:.0f}", f"-seed={seed}", f"-timeout={SLOW_S:.0f}", "-max_len=8192"]
    options += ["-rss_limit_mb=2048", f"-artifact_prefix={folder}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.run)
    atheris.Fuzz()
    return 0


def _blind(name: str, *, seconds: float, seed: int) -> int:
    from tests.fuzz.blind import tried
    from tests.fuzz.target import ready
    from tests.fuzz.targets import TARGETS

    ready()
    target = TARGETS[name]()

    runs, found, what = tried(target.run, target.seeds, seconds=seconds, seed=seed, slow_s=SLOW_S)
    print(json.dumps({"runs": runs, "found": None if found is None else found.hex(), "what": what}))
    return 0 if found is None else 1


if __name__ == "__main__":
    sys.exit(main())
