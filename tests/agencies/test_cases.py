"""A person's case: opened with a receipt that nobody keeps, and opened by nothing else."""

import threading
from itertools import pairwise
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from haetae.accounts.models import Official
from haetae.agencies.support import queries, receipt
from haetae.agencies.support.actions import CannotWriteError, add_to_case, open_case, write_message
from haetae.agencies.support.models import Case, CaseText, Message
from haetae.agencies.support.receipt.words import word_list
from haetae.agencies.support.rules import MINORS, Told, rank, why_not_tell
from haetae.agencies.support.states import Age, Circumstance, Relation, Sender, Text
from haetae.audit.actor import PUBLIC
from haetae.audit.models import Event
from haetae.common.case_keys import WrongKeyError, open_text
from haetae.flow.arrival.models import Report
from haetae.hashbank.models import KnownPicture
from haetae.hashbank.rules import NewEntry

LINK = "https://board.example/post/1"
SECRET = "a sentence that nobody but the counsellor may read"


def told(**more: object) -> Told:
    return Told(**{"links": [LINK], "texts": {Text.STORY: SECRET}, **more})  # type: ignore[arg-type]


@given(st.binary(min_size=10, max_size=10), st.sampled_from(["ko", "en"]))
def test_the_words_of_a_receipt_give_its_bits_back(bits: bytes, language: str) -> None:
    words = receipt.words_of(bits, language=language)
    assert len(words) == 8
    assert receipt.read(" ".join(words)) == bits
    numbered = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, start=1))
    assert receipt.read(numbered) == bits


def test_each_list_has_1024_different_words_and_they_share_none() -> None:
    korean, english = word_list("ko"), word_list("en")
    assert len(set(korean)) == len(set(english)) == 1_024
    assert not set(korean) & set(english)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_word_begins_another_so_that_spaces_do_not_matter(language: str) -> None:
    words = sorted(word_list(language))
    assert not [one for one, next_one in pairwise(words) if next_one.startswith(one)]
    bits = receipt.draw()
    assert receipt.read("".join(receipt.words_of(bits, language=language))) == bits


@pytest.mark.parametrize(
    "typed", ["", "one", "one two three four five six seven eight nine", "x" * 5_000, "\x00"]
)
def test_what_cannot_be_a_receipt_is_none(typed: str) -> None:
    assert receipt.read(typed) is None


@pytest.mark.django_db
def test_a_receipt_opens_its_case_and_no_other_does() -> None:
    bits = receipt.draw()
    opened = open_case(receipt=bits, told=told())
    again = queries.case_of_receipt(bits)
    assert again is not None
    assert again == opened
    assert [said.text for said in queries.texts_of(again)] == [SECRET]
    assert queries.case_of_receipt(receipt.draw()) is None
    assert queries.case_of_receipt(None) is None


@pytest.mark.django_db
def test_neither_the_receipt_nor_its_words_nor_what_was_told_stand_in_any_table() -> None:
    bits = receipt.draw()
    open_case(receipt=bits, told=told())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            everything = "\n".join(row[0] for row in cursor.fetchall())
            assert bits.hex() not in everything
            assert SECRET not in everything
            assert SECRET.encode().hex() not in everything
            assert LINK not in everything


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_one_case_and_what_is_new_is_added() -> None:
    bits = receipt.draw()
    first = open_case(receipt=bits, told=told())
    second = open_case(receipt=bits, told=told(links=[LINK, LINK + "2"]))
    assert first.case.pk == second.case.pk
    assert Case.objects.count() == 1
    assert Report.objects.count() == first.case.links.count() == 2
    assert CaseText.objects.count() == 1
    assert Event.objects.filter(name="support.opened").count() == 1


def test_the_same_form_sent_by_several_windows_at_once_is_one_case(several_at_once: None) -> None:
    bits, found, gate = receipt.draw(), [], threading.Barrier(4)

    def send() -> None:
        gate.wait()
        try:
            found.append(open_case(receipt=bits, told=told()).case.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_the_custodian_can_open_a_case_and_only_that_case() -> None:
    opened, other = (open_case(receipt=receipt.draw(), told=told(links=[f"{LINK}{n}"])) for n in (1, 2))
    keys = settings.KEYS
    sealed = opened.case.key_for_custodian
    assert keys.open_case_key(sealed, case_id=opened.case.pk) == opened.key
    for wrong_sealed, wrong_id in (
        (sealed, other.case.pk),
        (sealed[:-1], opened.case.pk),
        (b"", opened.case.pk),
    ):
        with pytest.raises(WrongKeyError):
            keys.open_case_key(wrong_sealed, case_id=wrong_id)


@pytest.mark.django_db
def test_a_sealed_text_moved_to_another_row_does_not_open() -> None:
    opened = open_case(receipt=receipt.draw(), told=told())
    row = CaseText.objects.get()
    with pytest.raises(WrongKeyError):
        open_text(row.sealed, key=opened.key, about=uuid4())


@pytest.mark.django_db
def test_a_fingerprint_from_the_device_is_known_as_self_declared() -> None:
    entry = NewEntry(sha256="ab" * 32, pdq="5a" * 32, dhash="3c" * 32)
    opened = open_case(receipt=receipt.draw(), told=told(links=[], hashes=[entry], age=Age.UNDER_19))
    known = KnownPicture.objects.get(pk=queries.known_of(opened.case)[0])
    assert known.tier == entry.tier
    assert known.list_id == MINORS


@pytest.mark.django_db
def test_messages_go_both_ways_and_the_same_form_is_one_message(counsellor: Official) -> None:
    opened, form = open_case(receipt=receipt.draw(), told=told()), uuid4()
    for _ in range(2):
        write_message(opened=opened, text="Is anybody there?", form_key=form, official_id=None, actor=PUBLIC)
    opened.case.refresh_from_db()
    assert opened.case.waits_since is not None
    write_message(opened=opened, text="I am.", form_key=form, official_id=counsellor.pk, actor=PUBLIC)
    assert [(one.sender, one.text) for one in queries.messages_of(opened)] == [
        (Sender.PERSON, "Is anybody there?"),
        (Sender.COUNSELLOR, "I am."),
    ]
    opened.case.refresh_from_db()
    assert opened.case.waits_since is None
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_more_is_added_only_to_a_case_that_is_open() -> None:
    opened = open_case(receipt=receipt.draw(), told=told())
    add_to_case(opened=opened, told=told(links=[LINK + "9"]))
    assert len(queries.reports_of(opened.case)) == 2
    Case.objects.update(state="withdrawn")
    with pytest.raises(CannotWriteError, match="case_withdrawn"):
        add_to_case(opened=opened, told=told(links=[LINK + "10"]))


def test_something_must_be_told_by_which_it_can_be_found() -> None:
    assert why_not_tell(Told()) is not None
    for enough in (
        Told(links=[LINK]),
        Told(texts={Text.KEYWORDS: "a title"}),
        Told(texts={Text.STORY: "it is on"}),
    ):
        assert why_not_tell(enough) is None
    problem = why_not_tell(Told(links=[LINK, "board.example"]))
    assert problem is not None
    assert (problem.field, problem.code, problem.number) == ("links", "link_without_scheme", 2)


def test_minors_come_first_then_danger_and_an_unsaid_age_is_no_adults() -> None:
    danger = [Circumstance.MONEY_DEMANDED]
    ordered = [
        rank(age=Age.UNDER_19, circumstances=danger),
        rank(age=Age.UNDER_19, circumstances=[]),
        rank(age=Age.UNSAID, circumstances=danger),
        rank(age=Age.ADULT, circumstances=danger),
        rank(age=Age.UNSAID, circumstances=[]),
        rank(age=Age.ADULT, circumstances=[]),
    ]
    assert ordered == sorted(set(ordered))


@pytest.mark.parametrize("relation", list(Relation))
def test_every_relation_is_an_answer_of_the_flow(relation: Relation) -> None:
    assert Told(relation=relation).depicted
