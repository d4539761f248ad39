"""An act gets its document: a number without a gap, once, and a text that can be shown again and never changed."""

import hashlib
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from haetae.accounts.actions import seat_official
from haetae.accounts.models import Official
from haetae.accounts.permissions import Role
from haetae.audit.actor import SYSTEM
from haetae.audit.models import Event
from haetae.common import clock
from haetae.common.ids import new_id
from haetae.documents import render_html, render_pdf
from haetae.documents.document import Language
from haetae.flow.issued.actions import file_made, issue_document
from haetae.flow.issued.models import IssuedDocument
from haetae.flow.issued.queries import NotAsIssuedError, document_of, is_ours, with_reference
from haetae.flow.issued.rules import NotTwoLanguagesError, read_digest, read_reference
from haetae.flow.issued.states import Kind
from tests.documents.letters import ENGLISH, KOREAN
from tests.people import REGULATOR

WRITTEN = [replace(one, reference="", address="", issuer="", on=date.min) for one in (KOREAN, ENGLISH)]


def an_official() -> Official:
    return seat_official(
        username=REGULATOR.name, role=Role.REGULATOR, agency="regulator", since=date(2020, 1, 1), actor=SYSTEM
    )


def issued(kind: Kind = Kind.ORDER, subject_id: UUID | None = None) -> IssuedDocument:
    official = an_official()
    return issue_document(
        kind=kind, subject_id=subject_id or new_id(), documents=WRITTEN, official_id=official.pk
    )


@pytest.mark.django_db
def test_an_act_is_issued_once_with_a_number_and_where_to_check_it() -> None:
    order = new_id()
    first, again, next_one = issued(subject_id=order), issued(subject_id=order), issued()
    year = first.on.year
    assert (first.reference, next_one.reference) == (f"KMCC-{year}-000001", f"KMCC-{year}-000002")
    assert again == first
    english = document_of(first, Language.EN)
    assert english.address.endswith(f"/documents/{first.reference}/")
    assert english.issuer == "Korea Media Communications Commission (KMCC)"
    assert f"KMCC-{year}-000001" in render_html(document_of(first, Language.KO))
    event = Event.objects.get(name="issued.document", subject_id=first.pk)
    assert event.facts["reference"] == first.reference
    assert with_reference(first.reference) == first


@pytest.mark.django_db
def test_the_commission_numbers_its_own_and_each_agency_bears_its_name_of_the_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    last = datetime(2025, 9, 30, 14, 59, tzinfo=UTC)  # one minute to midnight in Seoul
    monkeypatch.setattr(clock, "now", lambda: last)
    old = issued()
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 9, 30, 15, 0, tzinfo=UTC))
    new, decision = issued(), issued(Kind.DECISION)
    assert (old.reference, old.agency_name_ko) == ("KCC-2025-000001", "방송통신위원회")
    assert (new.reference, new.agency_name_ko) == ("KMCC-2025-000001", "방송미디어통신위원회")
    assert decision.reference == "KMCSC-2025-000001"
    monkeypatch.undo()
    assert document_of(old, Language.KO).issuer == "방송통신위원회"
    assert document_of(old, Language.EN).on == date(2025, 9, 30)


@pytest.mark.django_db
def test_what_is_taken_back_uses_up_no_number() -> None:
    with transaction.atomic():
        issued()
        transaction.set_rollback(True)  # the act failed
    assert issued().reference.endswith("-000001")
    with pytest.raises(NotTwoLanguagesError):
        issue_document(
            kind=Kind.FINE, subject_id=new_id(), documents=WRITTEN[:1], official_id=an_official().pk
        )
    assert issued(Kind.FINE).reference.endswith("-000002")


def test_two_who_issue_at_once_get_two_numbers_in_a_row(several_at_once: None) -> None:
    gate, official = threading.Barrier(4), an_official().pk

    def issue() -> None:
        gate.wait()
        try:
            issue_document(kind=Kind.ORDER, subject_id=new_id(), documents=WRITTEN, official_id=official)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=issue) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(int(one[-6:]) for one in IssuedDocument.objects.values_list("reference", flat=True))
    assert numbers == [1, 2, 3, 4]


@pytest.mark.django_db
def test_nobody_changes_what_was_issued_and_what_was_changed_is_not_shown() -> None:
    order = issued()
    for statement in ("UPDATE issued_issueddocument SET kind = 'fine'", "DELETE FROM issued_issueddocument"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    order.content_en = order.content_en.replace("3 December", "9 December")
    with pytest.raises(NotAsIssuedError):
        document_of(order, Language.EN)
    assert document_of(order, Language.KO)


@pytest.mark.django_db
def test_a_pdf_that_was_handed_out_is_known_again() -> None:
    order = issued()
    content = render_pdf(replace(document_of(order, Language.EN), addressed_to="Board"))
    digest = hashlib.sha256(content).hexdigest()
    assert not is_ours(order, digest)
    for _ in range(2):
        file_made(issued_id=order.pk, language=Language.EN, content=content)
    assert is_ours(order, digest)
    assert is_ours(order, order.digest_ko)
    assert not is_ours(issued(), digest)
    assert Event.objects.filter(name="issued.file_made").count() == 1


def test_numbers_and_digests_are_read_as_people_type_them() -> None:
    assert read_reference(" kmcc-2026–000123 ") == "KMCC-2026-000123"
    assert read_reference("ＫＭＣＣ-2026-000123") == "KMCC-2026-000123"
    for wrong in ("", "KMCC", "KMCC-2026-12", "../../etc", "KMCC-2026-000123'--", "K" * 500):
        assert read_reference(wrong) is None
    assert read_digest(("AB " * 32).strip()) == "ab" * 32
    for wrong in ("", "ab", "g" * 64, "a" * 65):
        assert read_digest(wrong) is None
