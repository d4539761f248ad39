"""The table at the end."""

from collections.abc import Sequence

from tests.faults.series import Result

_COLUMNS = {
    "victim": 11, "kills": 5, "receipts": 8, "lost": 5, "false": 5, "doubled": 7, "sightings": 9, "pictures": 8,
    "requests": 8, "asked": 5, "again": 5, "doubled ": 8, "skipped": 7, "log": 5, "silent s": 8, "quiet s": 7,
}  # fmt: skip
_LEGEND = """
receipts   that the public form gave; lost: no report in the database, or not looked up; false: that name no report
doubled    two reports for one form; sightings: two for one place
pictures   known ones passed on; requests: to delete, in the database, of all series so far
asked      first what became of a request whose answer was lost, before sending it again, likewise in all
again      deliveries of the same request under the same key and body, of all series so far: allowed
doubled    requests with two keys or two bodies as the platform saw them; skipped: pictures without request or proof
log        findings of its verification; silent: longest time without a receipt; quiet: until all books agreed"""


def table(results: Sequence[Result]) -> str:
    lines = ["  ".join(f"{name.strip():>{width}}" for name, width in _COLUMNS.items())]
    lines += ["  ".join(_cells(result)) for result in results]
    return "\n".join(lines) + "\n" + _LEGEND


def _cells(result: Result) -> list[str]:
    load, counts = result.load, result.faults.counts()
    values = [
        result.victim,
        result.kills,
        load.answers["receipt"],
        counts["reports_lost"] + counts["reports_not_looked_up"],
        counts["receipts_without_report"],
        counts["reports_doubled"],
        counts["sightings_doubled"],
        len(load.posted),
        result.requests,
        result.asked_first,
        result.deliveries - result.requests,
        counts["requests_doubled"],
        counts["requests_skipped"],
        counts["log_broken"],
        f"{load.longest_without_receipt_s:.1f}",
        "never" if result.quiet_after_s is None else f"{result.quiet_after_s:.1f}",
    ]
    return [f"{value!s:>{width}}" for value, width in zip(values, _COLUMNS.values(), strict=True)]


def details(result: Result) -> list[str]:
    """Everything that is wrong, and what the form answered meanwhile."""
    lines = [
        f"  {result.victim}: {name}: {one}"
        for name, found in vars(result.faults).items()
        for one in found[:20]
    ]
    lines += [f"  {result.victim}: proves nothing: {reason}" for reason in result.why_void]
    answers = ", ".join(f"{kind} {times}" for kind, times in sorted(result.load.answers.items()))
    return [*lines, f"  {result.victim}: the form: {answers}"]
