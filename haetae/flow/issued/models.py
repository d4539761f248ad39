"""Issued documents. What they say lies sealed; their numbers and digests are for everybody."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from haetae.common.ids import new_id
from haetae.common.sealed import SealedTextField
from haetae.common.states import choices, values
from haetae.flow.issued.states import Kind


class Numbering(models.Model):
    """The last number of one agency in one year. Its row is locked until the document stands, so none is left out."""

    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["prefix", "year"], name="one_numbering_an_agency_a_year")
        ]


class IssuedDocument(models.Model):
    """One document in both languages. The digests are those of the HTML; the content is kept as JSON and shown again.

    The agency stands by the names that it had on that day.
    """

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=choices(Kind))
    subject_id = models.UUIDField(db_index=True, help_text="the act: a review, an order, a sanction")
    agency = models.CharField(max_length=32, help_text="its role in the jurisdiction pack")
    agency_name_ko = models.CharField(max_length=160)
    agency_name_en = models.CharField(max_length=160)
    on = models.DateField(help_text="the day in the jurisdiction's own calendar")
    issued_at = models.DateTimeField(db_index=True)
    issued_by = models.ForeignKey(
        "accounts.Official",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who signed the act; empty where several decided together, by votes that nobody is told",
    )
    content_ko = SealedTextField()
    content_en = SealedTextField()
    digest_ko = models.CharField(max_length=64, db_index=True)
    digest_en = models.CharField(max_length=64, db_index=True)
    form = models.PositiveSmallIntegerField(help_text="haetae.documents.html.FORM under which it was made")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=values(Kind)), name="issued_kind_is_known"),
            models.CheckConstraint(
                condition=Q(digest_ko__regex="^[0-9a-f]{64}$", digest_en__regex="^[0-9a-f]{64}$"),
                name="issued_has_two_digests",
            ),
            models.UniqueConstraint(fields=["kind", "subject_id"], name="an_act_is_issued_once"),
        ]


class IssuedFile(models.Model):
    """A PDF of it that we handed to somebody, so that its digest is known again. The same bytes are the same file."""

    append_only: ClassVar = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64, db_index=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(language__in=["ko", "en"]), name="issued_file_language_is_known"
            ),
            models.UniqueConstraint(fields=["document", "digest"], name="a_file_is_noted_once"),
        ]
