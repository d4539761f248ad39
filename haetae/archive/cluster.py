"""Parts examined by Ray Data: on this machine, or on every machine of the cluster that RAY_ADDRESS names.

The same examiner, the same openers; Ray hands out parts and brings back what is to be written, so that only this
machine needs the report's folder. Folders to be scanned must be there under one name on every machine.
"""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, Final

from haetae.archive.examining import Examiner, Task
from haetae.archive.sources import Item
from haetae.detect.opening.facts import Why

PARTS_AT_A_TIME: Final = 1_000  # what Ray is told of at once: the names of half a million files


class RayMissingError(RuntimeError):
    """The sentence says what to install."""


class RayTroubleError(RuntimeError):
    """Ray did not start, or lost what it had; the sentence says what stays and what to do."""


def parts_by_ray(
    task: Task, numbers: Sequence[int], *, items: Callable[[int], list[Item]], workers: int | None
) -> Iterator[tuple[int, bytes]]:
    """Each part once, in the order in which they are done. `workers`: None takes every processor there is."""
    with _ray() as ray:
        at_once = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        for begin in range(0, len(numbers), PARTS_AT_A_TIME):
            wave = [
                {"number": number, "items": [_flat(item) for item in items(number)]}
                for number in numbers[begin : begin + PARTS_AT_A_TIME]
            ]
            # Every part is a block of its own: nothing waits for a second one before it is written down.
            answers = ray.data.from_items(wave, override_num_blocks=len(wave)).map_batches(
                _PartExaminer,
                fn_constructor_args=(task,),
                batch_size=1,
                num_cpus=1,
                compute=ray.data.ActorPoolStrategy(size=min(at_once, len(wave))),
            )
            for answer in answers.iter_rows():
                yield int(answer["number"]), bytes(answer["part"])


class _PartExaminer:
    """An actor of Ray with an examiner of its own."""

    def __init__(self, task: Task) -> None:
        self._examiner = Examiner(task)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        parts = [self._examiner.part([_item(one) for one in items]) for items in batch["items"]]
        return {"number": list(batch["number"]), "part": parts}


def _flat(item: Item) -> dict[str, str]:
    """Names are no text for Arrow where they are no UTF-8."""
    return {
        "name": item.name.encode("utf-8", "surrogateescape").hex(),
        "refused": item.refused or "",
        "problem": item.problem,
    }


def _item(flat: dict[str, str]) -> Item:
    name = bytes.fromhex(flat["name"]).decode("utf-8", "surrogateescape")
    return Item(name, Why(flat["refused"]) if flat["refused"] else None, flat["problem"])


@contextmanager
def _ray() -> Iterator[Any]:
    """Ray, started for this command alone unless RAY_ADDRESS names a cluster; it tells nobody how it is used."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray  # noqa: PLC0415
        import ray.data  # noqa: PLC0415
    except ImportError as missing:
        raise RayMissingError("--ray needs an extra: install haetae[ray], or leave --ray out.") from missing
    with TemporaryDirectory(prefix="haetae-ray-") as scratch:
        own = {"include_dashboard": False, "_node_ip_address": "127.0.0.1", "_temp_dir": scratch}
        joined = bool(os.environ.get("RAY_ADDRESS"))
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        try:
            ray.init(logging_level="ERROR", log_to_driver=False, **({} if joined else own))
            ray.data.DataContext.get_current().enable_progress_bars = False
            yield ray
        except (ray.exceptions.RayError, OSError, ValueError, RuntimeError) as trouble:
            first = (str(trouble).strip() or type(trouble).__name__).splitlines()[0]
            raise RayTroubleError(
                f"Ray gave up: {first}. What is done stays done: run the same command again, with --ray or without."
            ) from trouble
        finally:
            ray.shutdown()
