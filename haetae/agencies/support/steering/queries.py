"""What is read while a person steers their case."""

from collections.abc import Sequence

from haetae.agencies.support.models import Case, CaseHash
from haetae.agencies.support.states import Age, Relation, State
from haetae.agencies.support.steering.rules import Answers, circumstances_of, counts


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
