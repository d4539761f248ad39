"""What a platform is told about an upload, where the place that it names for it is marked."""

from dataclasses import replace

from haetae.detect.finding import Finding, ReasonCode, SignalKind, Verdict
from haetae.detect.policy import by_people
from haetae.flow.arrival.rules import Question
from haetae.flow.by_hand.queries import is_marked
from haetae.hashbank.queries import is_any_about_minors


def as_told(question: Question, finding: Finding) -> Finding:
    """At a marked place an upload is not refused by a machine: it is published, and a person decides.

    A picture of a list against the abuse of children is refused there as everywhere. A storm of reports changes
    nothing: it says nothing about what is uploaded, and whoever makes one must not get past the check by it.
    """
    if finding.verdict is not Verdict.REQUEST or question.place is None or not is_marked(question.place):
        return finding
    known = [signal for signal in finding.signals if signal.kind is SignalKind.KNOWN_HASH]
    if is_any_about_minors(str(signal.facts["list_name"]) for signal in known):
        return finding
    verdict, reasons = by_people(finding.verdict, finding.reasons, by_hand=(ReasonCode.PUBLIC_INTEREST,))
    return replace(finding, verdict=verdict, reasons=reasons)
