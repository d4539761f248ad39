"""Everything that ends one part of a case; each is a part of the change that records it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from haetae.agencies.support import queries
from haetae.agencies.support.destroying import rules
from haetae.agencies.support.models import Case, CaseHash, CaseText
from haetae.agencies.support.retention.states import Part
from haetae.agencies.support.states import IDENTITY, Age
from haetae.agencies.support.steering.queries import hashes_of, is_held_by_others
from haetae.audit.actor import Actor
from haetae.detect.matching import Tier
from haetae.flow.arrival import actions as arrival
from haetae.flow.arrival.states import State as Report
from haetae.hashbank import actions as hashbank
from haetae.hashbank.forgetting.actions import forget_entries, hold_entries


@dataclass(kw_only=True)
class Gone:
    """How many rows of each table, and how many of what else was emptied, withdrawn or left nameless."""

    rows: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)


def delete_part(case: Case, part: Part, *, gone: Gone, actor: Actor) -> None:
    """Nothing of this part is left that leads to the person."""
    if part is Part.LINKS:
        _end_links(case, gone=gone)
    if part is Part.FINGERPRINTS:
        _end_fingerprints(case, gone=gone, actor=actor)
    for label, rows in _rows_of(case, part):
        number, _ = rows.delete()
        gone.rows[label] += number


def put_aside(case: Case, part: Part, *, gone: Gone, actor: Actor) -> None:
    """A part that is kept as evidence counts no more: nothing is asked for in the name of a person who is gone."""
    if part is Part.LINKS:
        for report in queries.reports_of(case):
            if not rules.report_goes_on(state=Report(report.state), age=Age(case.age)):
                arrival.withdraw_report(report_id=report.pk)
                gone.changed["reports_withdrawn"] += 1
    if part is Part.FINGERPRINTS:
        _withdraw_fingerprints(case, gone=gone, actor=actor)


def _rows_of(case: Case, part: Part) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Of every table whose rows hang on a case, also of one that another room has added."""
    for relation in Case._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        assert not isinstance(model, str)
        label = model._meta.label
        rows = model._base_manager.filter(**{name: case})
        if model is CaseText and part in {Part.IDENTITY, Part.TOLD}:
            is_asked = part is Part.IDENTITY
            kinds = {"kind__in": sorted(IDENTITY)}
            yield label, rows.filter(**kinds) if is_asked else rows.exclude(**kinds)
        elif label not in rules.STAYS and model is not CaseText and rules.PART_OF[label] is part:
            yield label, rows


def _end_links(case: Case, *, gone: Gone) -> None:
    """Where they led stays with the flow, which asked there; the links and who sent them are gone."""
    for report in queries.reports_of(case):
        goes_on = rules.report_goes_on(state=Report(report.state), age=Age(case.age))
        arrival.erase_report(report_id=report.pk, goes_on=goes_on)
        gone.changed["reports_left_nameless" if goes_on else "reports_emptied"] += 1


def _end_fingerprints(case: Case, *, gone: Gone, actor: Actor) -> None:
    _withdraw_fingerprints(case, gone=gone, actor=actor)
    rows = hashes_of(case)
    staying = [row for row in rows if _stays(case, row)]
    shared = CaseHash.objects.exclude(case=case).values_list("known_id", flat=True)
    ours = {row.known_id for row in rows} - {row.known_id for row in staying} - set(shared)
    gone.changed["fingerprints_left_nameless"] += len(staying)
    gone.changed["fingerprints_forgotten"] += forget_entries(known_ids=sorted(ours))


def _withdraw_fingerprints(case: Case, *, gone: Gone, actor: Actor) -> None:
    hold_entries(known_ids=queries.known_of(case))
    ours = [row.known_id for row in hashes_of(case) if not _stays(case, row)]
    gone.changed["fingerprints_withdrawn"] += hashbank.withdraw_entries(known_ids=ours, actor=actor)


def _stays(case: Case, row: CaseHash) -> bool:
    others = is_held_by_others(row)
    return rules.stays_known(tier=Tier(row.known.tier), age=Age(case.age), held_by_others=others)
