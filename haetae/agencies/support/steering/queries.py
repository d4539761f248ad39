"""What is read while a person steers their case."""

from collections.abc import Sequence
from uuid import UUID

from haetae.agencies.support.models import Case, CaseHash, CaseLink
from haetae.agencies.support.states import Age, Relation, State
from haetae.agencies.support.steering.rules import CHOOSABLE_BASES, Answers, circumstances_of, counts
from haetae.flow.arrival.states import FOR_THE_DEPICTED


def answers_of(case: Case) -> Answers:
    """What the person has answered so far."""
    return Answers(
        relation=Relation(case.relation),
        age=Age(case.age),
        circumstances=circumstances_of(case.circumstances),
        legal_basis=case.legal_basis,
    )


def hashes_of(case: Case) -> Sequence[CaseHash]:
    """Its fingerprints with their entries of the bank, also those that are matched no more."""
    return list(CaseHash.objects.filter(case=case).select_related("known").order_by("pk"))


def is_held_by_others(row: CaseHash) -> bool:
    """Whether another case that counts stands for the same entry."""
    others = CaseHash.objects.filter(known_id=row.known_id).exclude(case_id=row.case_id)
    cases = (other.case for other in others.select_related("case"))
    return any(counts(state=State(case.state), age=Age(case.age)) for case in cases)


def chosen_basis(sighting_id: UUID) -> str:
    """On what a person whose own link led here wants the request to rest; empty where nobody has chosen."""
    links = CaseLink.objects.filter(
        report__sightings=sighting_id,
        report__withdrawn_at=None,
        report__depicted__in=sorted(FOR_THE_DEPICTED),
        case__state=State.OPEN,
        case__legal_basis__in=[basis for basis in CHOOSABLE_BASES if basis],
    )
    first = links.order_by("report__received_at", "pk").values_list("case__legal_basis", flat=True).first()
    return first or ""
