"""Writes what came of a week's harmless pictures."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from haetae.agencies.canaries.models import Flight
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.detect.finding import Verdict


@transaction.atomic
def counted(*, seed: str, verdicts: Mapping[Verdict, int], bank_version: int, at: datetime) -> Flight:
    """One row for each week; where one would have been asked for, that is an event of its own: people are called."""
    flight = Flight.objects.create(
        at=at,
        seed=seed,
        tried=sum(verdicts.values()),
        asked_for=verdicts.get(Verdict.REQUEST, 0),
        put_before_people=verdicts.get(Verdict.REVIEW, 0),
        not_examined=verdicts.get(Verdict.UNDETERMINED, 0),
        bank_version=bank_version,
    )
    facts = {
        "tried": flight.tried,
        "asked_for": flight.asked_for,
        "put_before_people": flight.put_before_people,
        "not_examined": flight.not_examined,
        "bank_version": bank_version,
    }
    if flight.asked_for:
        record(event="canaries.wrongful", subject=flight, actor=SYSTEM, facts=facts)
    else:
        record(event="canaries.counted", subject=flight, actor=SYSTEM, facts=facts)
    return flight
