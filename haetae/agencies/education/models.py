"""Institutions, who works for them, sessions, years, trainings, incidents with their plans, and reports to the police.

Nobody who was taught stands here, and nothing of a person to whom something happened.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from haetae.agencies.education.states import (
    PLAN_IS_OWED,
    ByRole,
    Category,
    IncidentState,
    InstitutionKind,
    Method,
    SessionState,
    ToldWhom,
    TrainingState,
    Wish,
    YearState,
)
from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values

_OFFICIAL = "accounts.Official"


class Institution(models.Model):
    """A public body, plain: its name is on its door. `staff` is how many work there."""

    id = models.UUIDField(primary_key=True, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=choices(InstitutionKind))
    office = models.CharField(max_length=120, blank=True, help_text="the education office over it, or none")
    staff = models.PositiveIntegerField()
    registered_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=values(InstitutionKind)), name="institution_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(staff__gt=0), name="institution_has_staff"),
            models.UniqueConstraint(fields=["name", "office"], name="one_institution_of_a_name"),
        ]


class Officer(models.Model):
    """Who works for an institution. One institution for one person at a time."""

    official = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="officers")
    named_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["official"], condition=Q(ended_at__isnull=True), name="one_institution_for_an_officer"
            )
        ]


class Session(models.Model):
    """One session, as the rule asks: day, method, how many, content. The list of names stays with the institution."""

    id = models.UUIDField(primary_key=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="sessions")
    state = models.CharField(
        max_length=12, choices=choices(SessionState), default=SessionState.RECORDED.value
    )
    on = models.DateField()
    method = models.CharField(max_length=12, choices=choices(Method))
    minutes = models.PositiveSmallIntegerField()
    learners = models.PositiveIntegerField()
    staff = models.PositiveIntegerField()
    parents = models.PositiveIntegerField()
    head_was_there = models.BooleanField()
    lessons = models.JSONField(default=dict, help_text="audience of each lesson, and the day of its text")
    content = models.CharField(max_length=400, blank=True, help_text="what else was taught")
    list_kept = models.CharField(max_length=200, help_text="where the institution keeps the list of names")
    recorded_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    why_withdrawn = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=values(SessionState)), name="session_state_is_known"
            ),
            models.CheckConstraint(condition=Q(method__in=values(Method)), name="session_method_is_known"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_lasts"),
            models.CheckConstraint(
                condition=Q(learners__gt=0) | Q(staff__gt=0) | Q(parents__gt=0),
                name="session_taught_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=SessionState.WITHDRAWN.value) ^ Q(why_withdrawn=""),
                name="session_is_withdrawn_for_a_reason",
            ),
        ]


class Year(models.Model):
    """The report of an institution about one year. `figures` are frozen when it is sent, with their sessions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=choices(YearState), default=YearState.OPEN.value)
    due_at = models.DateTimeField()
    figures = models.JSONField(null=True)
    session_ids = models.JSONField(default=list)
    measures = models.CharField(max_length=1_000, blank=True, help_text="guideline and prevention, in words")
    sent_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=1_000, blank=True, help_text="why it was returned")
    poor = models.JSONField(default=list, help_text="why teaching counts as poor, by rule")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=values(YearState)), name="year_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[YearState.OPEN.value, YearState.MISSING.value])
                | Q(figures__isnull=False, sent_by__isnull=False, sent_at__isnull=False),
                name="year_that_was_sent_has_figures",
            ),
            models.UniqueConstraint(fields=["institution", "year"], name="one_report_a_year"),
        ]


class Training(models.Model):
    """A training of managers, where teaching was poor. Whoever proposes it does not order it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.OneToOneField(Year, on_delete=models.PROTECT, related_name="training")
    state = models.CharField(
        max_length=12, choices=choices(TrainingState), default=TrainingState.PROPOSED.value
    )
    proposed_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ordered_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=values(TrainingState)), name="training_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ordered_by__isnull=True) | ~Q(ordered_by=F("proposed_by")),
                name="training_is_ordered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TrainingState.PROPOSED.value, TrainingState.DROPPED.value])
                | Q(ordered_by__isnull=False, due_at__isnull=False),
                name="training_that_runs_was_ordered",
            ),
            models.CheckConstraint(
                condition=Q(state=TrainingState.DONE.value) ^ Q(done_on__isnull=True),
                name="training_done_has_a_day",
            ),
        ]


class Incident(models.Model):
    """Something happened inside: a category, the day on which it was learnt of, and what the person wants. No more."""

    id = models.UUIDField(primary_key=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="incidents")
    state = models.CharField(max_length=12, choices=choices(IncidentState))
    category = models.CharField(max_length=12, choices=choices(Category))
    known_on = models.DateField()
    by_head = models.BooleanField()
    wish = models.CharField(max_length=16, choices=choices(Wish))
    noted_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    plan_due_at = models.DateTimeField(null=True, help_text="by the law")
    is_late = models.BooleanField(default=False, help_text="the law's time for the plan passed without one")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=values(IncidentState)), name="incident_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=values(Category), wish__in=values(Wish)),
                name="incident_says_what_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(wish=Wish.OBJECTS.value) | Q(state=IncidentState.WITHHELD.value),
                name="what_the_person_objects_to_is_not_told",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=values(PLAN_IS_OWED))
                | Q(told_at__isnull=False, plan_due_at__isnull=False),
                name="plan_that_is_owed_has_a_day",
            ),
        ]


class Plan(models.Model):
    """A plan against it happening again, as it was handed in. It lies sealed: it may say more than it should."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="plans")
    text = SealedTextField()
    sent_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered_by = models.ForeignKey(_OFFICIAL, null=True, on_delete=models.PROTECT, related_name="+")
    why = SealedTextField(default="", help_text="why it was returned")


class DutyMet(models.Model):
    """Somebody told the police of what they learnt at work, as the law has them do. Nothing of the case is here."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="duties_met")
    by_role = models.CharField(max_length=12, choices=choices(ByRole))
    learnt_on = models.DateField()
    told_on = models.DateField()
    told = models.CharField(max_length=12, choices=choices(ToldWhom))
    noted_by = models.ForeignKey(_OFFICIAL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by_role__in=values(ByRole), told__in=values(ToldWhom)),
                name="duty_met_says_what_is_known",
            ),
            models.CheckConstraint(condition=Q(told_on__gte=F("learnt_on")), name="duty_met_after_learning"),
        ]
