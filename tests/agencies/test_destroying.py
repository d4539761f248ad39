"""Who wants everything destroyed has it destroyed: nothing is left that opens, and a record proves how much it was."""

from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from haetae.accounts.models import Official
from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import CannotWriteError, add_to_case, open_case, write_message
from haetae.agencies.support.destroying import rules
from haetae.agencies.support.destroying.actions import CannotDestroyError, destroy_case, erase_identity
from haetae.agencies.support.destroying.models import DeletionRecord
from haetae.agencies.support.destroying.queries import deletions_of, digest_of, is_proven
from haetae.agencies.support.models import Case, CaseHash, CaseLink, CaseText, Message
from haetae.agencies.support.rules import Told
from haetae.agencies.support.states import Age, Circumstance, State, Text
from haetae.agencies.support.steering.actions import renew_receipt
from haetae.audit.actor import Actor
from haetae.audit.models import Event
from haetae.audit.sealer import Sealer
from haetae.audit.verify import verify_log
from haetae.common.case_keys import WrongKeyError, open_text
from haetae.detect.matching import Tier
from haetae.flow.arrival.actions import register_sighting, report_located
from haetae.flow.arrival.models import Report
from haetae.flow.arrival.queries import is_for_depicted, is_reported
from haetae.flow.arrival.states import Source
from haetae.hashbank.models import KnownPicture
from tests.agencies.ending import ENTRY, LINK, SAID, WRITTEN, every_table, whole_case


@pytest.mark.django_db
def test_nothing_of_what_was_told_is_left_in_any_table() -> None:
    bits = receipt.draw()
    opened = whole_case(bits=bits, circumstances=[Circumstance.THREATENED])
    sealed = [bytes(row.sealed) for row in [*CaseText.objects.all(), *Message.objects.all()]]
    lookup, wrapped, forms = opened.case.lookup, opened.case.key_for_custodian, Report.objects.get().form_key
    before = every_table()
    # What is looked for stands there now, so that the search can fail.
    assert all(one.hex() in before for one in [*sealed, wrapped])
    assert ENTRY.pdq in before
    assert lookup is not None
    assert lookup in before
    destroy_case(opened=opened)
    after = every_table()
    gone = [
        *(one.hex() for one in [*sealed, wrapped]),
        lookup,
        str(forms),
        ENTRY.pdq,
        ENTRY.sha256,
        ENTRY.dhash,
    ]
    assert not [one for one in gone if one in after]
    assert not [said for said in [*SAID.values(), WRITTEN] if said in after or said.encode().hex() in after]
    assert Report.objects.get().link == ""
    assert queries.case_of_receipt(bits) is None
    case = Case.objects.get()
    assert (case.state, case.lookup, case.key_for_person, case.key_for_custodian) == (
        "destroyed",
        None,
        None,
        None,
    )
    assert (case.circumstances, case.relation, case.waits_since) == ([], "unsaid", None)


@pytest.mark.django_db
def test_a_copy_of_the_tables_from_before_opens_only_with_a_key_that_is_gone() -> None:
    opened = whole_case()
    row = CaseText.objects.filter(kind=Text.STORY).get()
    stolen, stolen_id, case_id = bytes(row.sealed), row.pk, opened.case.pk
    destroy_case(opened=opened)
    assert (
        open_text(stolen, key=opened.key, about=stolen_id) == SAID[Text.STORY]
    )  # it would open, with the key
    case = Case.objects.get()
    with pytest.raises(WrongKeyError):
        settings.KEYS.open_case_key(case.key_for_custodian or b"", case_id=case_id)


@pytest.mark.django_db
def test_the_record_counts_exactly_what_was_there() -> None:
    opened = whole_case(links=[LINK, LINK + "2"])
    there = {
        "support.CaseText": CaseText.objects.count(),
        "support.Message": Message.objects.count(),
        "support.CaseLink": CaseLink.objects.count(),
        "support.CaseHash": CaseHash.objects.count(),
    }
    record = destroy_case(opened=opened)
    assert record.rows == there == {
        "support.CaseText": 5, "support.Message": 1, "support.CaseLink": 2, "support.CaseHash": 1,
    }  # fmt: skip
    assert record.changed == {"fingerprints_forgotten": 1, "fingerprints_withdrawn": 1, "reports_emptied": 2}
    assert record.keys == ["lookup", "key_for_person", "key_for_custodian"]
    assert (record.rule, record.by, record.keeps) == ("demanded", "person", {})
    assert record.source == "svp_rule 2-6(4)3"
    for model in (CaseText, Message, CaseLink, CaseHash):
        assert not model.objects.exists()


@pytest.mark.django_db
def test_the_record_stands_in_the_sealed_log_and_an_altered_one_does_not(tmp_path) -> None:
    record = destroy_case(opened=whole_case())
    outside = tmp_path / "heads"
    Sealer(key=settings.KEYS.log_key, outside=outside).seal()
    report = verify_log(key=settings.KEYS.log_key.public_key(), outside=outside)
    assert report.ok, report.findings
    assert not report.not_yet_provable
    event = Event.objects.get(name="support.destroyed")
    assert event.facts["digest"] == digest_of(record)
    assert set(event.facts) == {"record", "digest", "rule", "rows", "keeps"}
    assert is_proven(DeletionRecord.objects.get())
    record.rows["support.CaseText"] = 4
    assert not is_proven(record)


@pytest.mark.django_db
def test_no_role_of_the_application_changes_or_removes_a_record() -> None:
    destroy_case(opened=whole_case())
    for change in (
        DeletionRecord.objects.all().delete,
        lambda: DeletionRecord.objects.update(rule="term_over"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_pressed_twice_it_happens_once_and_says_the_same() -> None:
    opened = whole_case()
    assert destroy_case(opened=opened) == destroy_case(opened=opened)
    assert Event.objects.filter(name="support.destroyed").count() == 1


@pytest.mark.django_db
def test_a_window_whose_words_were_renewed_destroys_nothing() -> None:
    opened = whole_case()
    renew_receipt(opened=opened, receipt=receipt.draw())
    with pytest.raises(CannotDestroyError, match="words_renewed"):
        destroy_case(opened=opened)
    assert CaseText.objects.count() == 5


@pytest.mark.django_db
def test_nothing_is_added_to_a_case_that_is_gone() -> None:
    opened = whole_case()
    destroy_case(opened=opened)
    with pytest.raises(CannotWriteError, match="case_destroyed"):
        add_to_case(opened=opened, told=Told(links=[LINK + "9"]))
    with pytest.raises(CannotWriteError, match="case_destroyed"):
        write_message(
            opened=opened,
            text="Hello?",
            form_key=opened.case.pk,
            official_id=None,
            actor=Actor(kind="public"),
        )


@pytest.mark.django_db
def test_who_becomes_nameless_keeps_the_case_and_the_channel() -> None:
    bits = receipt.draw()
    opened = whole_case(bits=bits)
    record = erase_identity(opened=opened)
    assert record is not None
    assert record.rows == {"support.CaseText": 2}
    assert is_proven(record)
    again = queries.case_of_receipt(bits)
    assert again is not None
    assert {said.kind for said in queries.texts_of(again)} == {Text.STORY, Text.KEYWORDS, Text.POSTER}
    assert [one.text for one in queries.messages_of(again)] == [WRITTEN]
    assert erase_identity(opened=again) is None


@pytest.mark.django_db
def test_a_counsellor_who_is_told_to_on_the_telephone_stands_in_the_record_in_kind_alone(
    counsellor: Official,
) -> None:
    record = destroy_case(opened=whole_case(), actor=Actor(kind="official", id=str(counsellor.pk)))
    assert record.by == "counsellor"


def located(opened_case: Case) -> None:
    """The one link of the case led to a picture."""
    place = register_sighting(page_url=LINK, media_url=f"{LINK}.png", source=Source.REPORT)
    report_located(report_id=queries.reports_of(opened_case)[0].pk, sighting_ids=[place])


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "goes_on"), [(Age.ADULT, False), (Age.UNSAID, False), (Age.UNDER_19, True)])
def test_where_a_link_led_is_a_reason_to_ask_after_the_end_only_for_somebody_under_19(
    age: Age, goes_on: bool
) -> None:
    opened = whole_case(age=age)
    located(opened.case)
    destroy_case(opened=opened)
    report = Report.objects.get()
    place = report.sightings.get()
    assert report.link == ""
    assert (is_reported(place.pk), is_for_depicted(place.pk)) == (goes_on, goes_on)
    assert place.page_url == LINK  # the flow asked there, and goes on to look


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "tier", "stays"),
    [
        (Age.ADULT, Tier.SELF_DECLARED, False),
        (Age.ADULT, Tier.OPERATOR_CONFIRMED, False),
        (Age.ADULT, Tier.REGULATOR_DECIDED, True),
        (Age.UNDER_19, Tier.SELF_DECLARED, False),
        (Age.UNDER_19, Tier.COUNSELLOR_CHECKED, True),
    ],
)
def test_a_fingerprint_is_forgotten_unless_it_stands_on_anothers_word(
    age: Age, tier: Tier, stays: bool
) -> None:
    opened = whole_case(age=age)
    KnownPicture.objects.update(tier=tier)
    destroy_case(opened=opened)
    known = KnownPicture.objects.get()
    assert (known.withdrawn_at is None, known.pdq == ENTRY.pdq) == (stays, stays)
    assert not CaseHash.objects.exists()


@pytest.mark.django_db
def test_what_another_case_stands_for_is_not_taken_from_it() -> None:
    mine, theirs = whole_case(), whole_case(links=[LINK + "2"])
    assert queries.known_of(mine.case) == queries.known_of(theirs.case)
    destroy_case(opened=mine)
    known = KnownPicture.objects.get()
    assert (known.withdrawn_at, known.pdq) == (None, ENTRY.pdq)
    destroy_case(opened=theirs)
    known.refresh_from_db()
    assert (known.withdrawn_at is not None, known.pdq) == (True, "")


@pytest.mark.django_db
def test_every_table_that_hangs_on_a_case_is_destroyed_or_stays_by_name() -> None:
    labels = {relation.related_model._meta.label for relation in Case._meta.related_objects}
    assert labels <= set(rules.PART_OF) | rules.STAYS


@pytest.mark.django_db
def test_the_same_words_after_the_end_are_a_new_case() -> None:
    bits = receipt.draw()
    destroy_case(opened=whole_case(bits=bits))
    again = open_case(receipt=bits, told=Told(links=[LINK]))
    assert State(again.case.state) is State.OPEN
    assert Case.objects.count() == 2
    assert deletions_of(again.case).count() == 0


def file_of_the_texts() -> Path:
    """Where the server keeps the table on its disk; only its own administrator is told."""
    known = connection.settings_dict
    with psycopg.connect(
        host=known["HOST"], dbname=known["NAME"], user="postgres", autocommit=True
    ) as server:
        server.execute("CHECKPOINT")
        folder, path = server.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath('support_casetext')"
        ).fetchone() or ("", "")
    return Path(folder) / path


def test_the_servers_file_keeps_bytes_after_a_sweep_so_that_the_keys_must_go(several_at_once: None) -> None:
    """Measured, not hoped for: a VACUUM frees the room and leaves the bytes in it until something else takes it.

    VACUUM FULL writes the table anew. Neither reaches the write-ahead log, a copy of the disk, or a backup.
    """
    other, opened = whole_case(), whole_case(links=[LINK + "2"])
    sealed = [bytes(row.sealed) for row in CaseText.objects.filter(case=opened.case)]
    destroy_case(opened=opened)
    assert all(one in file_of_the_texts().read_bytes() for one in sealed)
    sweep("VACUUM")
    assert all(one in file_of_the_texts().read_bytes() for one in sealed)
    sweep("VACUUM FULL")
    on_disk = file_of_the_texts().read_bytes()
    assert not [one for one in sealed if one in on_disk]
    assert bytes(CaseText.objects.filter(case=other.case)[0].sealed) in on_disk
    gone = Case.objects.get(pk=opened.case.pk)
    assert (gone.key_for_person, gone.key_for_custodian) == (None, None)


def sweep(how: str) -> None:
    connection.close()
    connection.settings_dict["OPTIONS"] = {}  # the owner sweeps
    with connection.cursor() as cursor:
        cursor.execute(f"{how} support_casetext")
