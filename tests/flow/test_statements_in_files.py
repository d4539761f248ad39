"""Years of statements do not fit one answer: they are told in files, each for one call of the EU's database."""

from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest

from bench.many import fill
from haetae.accounts.actions import register_operator
from haetae.accounts.models import Operator
from haetae.audit.actor import SYSTEM
from haetae.common.ids import derived_id
from haetae.flow.removal.models import DeletionRequest
from haetae.operators.statements import queries
from haetae.operators.statements.queries import Page, page_of, starts_of, statements_of
from haetae.operators.statements.rules import BadMarkError, Mark, Part

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


@pytest.fixture
def operator(db: None) -> Operator:
    return register_operator(name="Board", connector="sandbox", origin="https://board.example", actor=SYSTEM)


@pytest.fixture
def files(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mark, Page]]:
    """Seven at a time, read as `next` leads."""
    fill(120, operators=[operator])
    monkeypatch.setattr(queries, "_IN_A_FILE", 7)
    read: list[tuple[Mark, Page]] = []
    mark: Mark | None = Mark()
    while mark is not None:
        page = page_of(operator, since=DAY, mark=mark)
        read.append((mark, page))
        mark = page.next
        assert page.export.get("next", "") == (mark.text() if mark else "")
    return read


def numbers(export: Any) -> list[str]:
    return [one["puid"] for batch in export["batches"] for one in batch["statements"]]


def test_together_they_say_what_the_whole_says_and_nothing_twice(
    operator: Operator, files: list[tuple[Mark, Page]]
) -> None:
    whole = numbers(statements_of(operator, since=DAY))
    told = list(chain.from_iterable(numbers(page.export) for _, page in files))
    assert len(told) == len(set(told)) > 14
    assert sorted(told) == sorted(whole)
    assert max(len(numbers(page.export)) for _, page in files) == 7
    assert {mark.part for mark, _ in files} == set(Part), "what was hidden for now is among them"


def test_where_each_begins_is_known_before_it_is_read(
    operator: Operator, files: list[tuple[Mark, Page]]
) -> None:
    begun = [mark for mark, _ in files]
    assert starts_of(operator, since=DAY, most=100) == begun
    assert starts_of(operator, since=DAY, most=2) == begun[:2]
    assert [Mark.read(mark.text()) for mark in begun] == begun
    assert starts_of(operator, since=date(2040, 1, 1), most=9) == [Mark()]


def test_what_changes_between_two_files_comes_again_at_the_end_under_its_number(
    operator: Operator, files: list[tuple[Mark, Page]]
) -> None:
    """It is never left out, and the database takes a number once."""
    first, (mark, _) = files[0][1], files[1]
    told = numbers(first.export)
    rows = DeletionRequest.objects.filter(operator=operator, changed_at__lte=mark.at)
    by_number = {f"haetae-{derived_id('statement', row.pk, 'removed')}": row for row in rows}
    moved = next(number for number in told if number in by_number)
    assert mark.at
    DeletionRequest.objects.filter(pk=by_number[moved].pk).update(changed_at=mark.at + timedelta(days=9))
    rest, following = list[str](), first.next
    while following is not None:
        page = page_of(operator, since=DAY, mark=following)
        rest, following = rest + numbers(page.export), page.next
    assert moved in rest
    assert set(rest) & set(told) == {moved}


@pytest.mark.parametrize("text", ["x", "%", "ZW5kZWQ", "ZW5kZWQgMjAyNi0xMS0yMiA"])
def test_a_mark_that_no_file_names_is_refused(text: str) -> None:
    with pytest.raises(BadMarkError):
        Mark.read(text)
