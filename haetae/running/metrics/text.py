"""The text format of Prometheus 0.0.4, as far as we need it. Tests read it with Prometheus' own library."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from haetae.common.tallies import BUCKETS_S, INFINITE, SUM

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ORDER: Final = [*(f"{bound:g}" for bound in BUCKETS_S), INFINITE]


@dataclass(frozen=True, kw_only=True)
class Family:
    """All lines of one name. `samples` are labels, as Prometheus writes them, and a number."""

    name: str
    says: str
    samples: Iterable[tuple[str, float]]


@dataclass(frozen=True, kw_only=True)
class Histogram:
    """Durations in seconds. For each set of labels: how many fell into each bucket, and under `sum` all together."""

    name: str
    says: str
    counted: dict[str, dict[str, float]]


def gauge(family: Family) -> Iterator[str]:
    yield from _head(family.name, family.says, "gauge")
    for labels, number in family.samples:
        yield _line(family.name, labels, number)


def histogram(found: Histogram) -> Iterator[str]:
    yield from _head(found.name, found.says, "histogram")
    for labels, by_bucket in sorted(found.counted.items()):
        so_far = 0.0
        for bound in _ORDER:
            so_far += by_bucket.get(bound, 0.0)
            yield _line(f"{found.name}_bucket", ",".join(filter(None, (labels, f'le="{bound}"'))), so_far)
        yield _line(f"{found.name}_sum", labels, by_bucket.get(SUM, 0.0))
        yield _line(f"{found.name}_count", labels, so_far)


def _head(name: str, says: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: str, number: float) -> str:
    told = f"{{{labels}}}" if labels else ""
    return f"{name}{told} {number:.6g}" if number != int(number) else f"{name}{told} {int(number)}"
