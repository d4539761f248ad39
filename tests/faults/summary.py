"""From the series of one scenario to what it says."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults import invariants
from tests.faults.scenario import Outcome
from tests.faults.series import Result


def outcome_of(results: Sequence[Result], *, home: Path) -> Outcome:
    """Counts of all series together. What belongs to the platform lies beside ours and is not looked through."""
    foreign = frozenset({home / "sandbox-platform"})
    broken = [sentence for result in results for sentence in _broken(result)]
    broken += [*invariants.jobs_given_up(), *invariants.secrets_on_disk(home, not_ours=foreign)]
    answers: Counter[str] = sum((result.load.answers for result in results), Counter())
    faults: Counter[str] = sum((Counter(result.faults.counts()) for result in results), Counter())
    last = results[-1]
    counts: dict[str, int | float | str] = {
        "kills": ", ".join(f"{result.kills} {result.victim}" for result in results),
        "in the middle of it": sum(result.met for result in results),
        "forms sent": sum(len(result.load.sent) for result in results),
        "receipts": answers["receipt"],
        "not saved, and said so (503)": answers["503, not saved"],
        "no answer": sum(count for kind, count in answers.items() if kind.startswith("no answer")),
        "reports lost": faults["reports_lost"] + faults["reports_not_looked_up"],
        "false receipts": faults["receipts_without_report"],
        "reports doubled": faults["reports_doubled"],
        "pictures passed on": sum(len(result.load.posted) for result in results),
        "requests so far": last.requests,
        "delivered so far": last.deliveries,
        "asked first what became of it": last.asked_first,
        "requests doubled": faults["requests_doubled"],
        "requests skipped": faults["requests_skipped"] + faults["requests_unsaid"],
        "longest without a receipt, s": max(result.load.longest_without_receipt_s for result in results),
        "until all books agreed, s": max(result.quiet_after_s or 0.0 for result in results),
    }
    return Outcome(counts=counts, broken=broken)


def _broken(result: Result) -> Iterator[str]:
    for sentence in invariants.sentences(result.faults):
        yield f"{result.victim}: {sentence}"
    for reason in result.why_void:
        yield f"{result.victim}: It proves nothing: {reason}."
    if result.quiet_after_s is None:
        yield f"{result.victim}: The books never agreed."
