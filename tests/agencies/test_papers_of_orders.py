"""The letter of an order: one page that says who, what, why, until when, by which law, and what nobody has checked."""

import pytest
import time_machine

from haetae.agencies.enforcement.orders.models import CorrectiveOrder
from haetae.agencies.enforcement.orders.papers.queries import letters_of
from haetae.agencies.enforcement.orders.states import Ground
from haetae.documents.plain import plain
from tests.enforcement import WHY, drafted, issued, operator, overdue

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-26T10:00:00+09:00", tick=False)
def test_an_order_says_who_what_why_until_when_and_what_nobody_has_read() -> None:
    late = overdue(operator("board"), 1)
    order_id = issued(operator("board"), ground=Ground.OVERDUE, items=[late])
    korean, english = letters_of(order_id)
    assert (korean.title, korean.addressed_to, korean.issuer) == (
        "시정명령서",
        "board",
        "방송미디어통신위원회",
    )
    said = plain(english)
    assert WHY in said
    assert "by 2026-11-27" in said
    assert str(late)[:8] in said
    assert "orders no deletion that the commission has not decided" in said
    assert "You were not heard. The exception: it is urgent." in said
    assert any("Article 92" in note for note in english.notes), (
        "its text was not read, and the letter says so"
    )
    assert "심의위원회의 결정 없이 삭제를 명하지 않습니다" in plain(korean)
    assert "https://" not in said + plain(korean), "no address of a picture is in it"


def test_old_orders_keep_the_name_that_the_agency_had_on_that_day() -> None:
    order_id = issued(operator("board"))
    rows = CorrectiveOrder.objects.filter(pk=order_id)
    signed = rows.get().issued_at
    assert signed is not None
    rows.update(issued_at=signed.replace(year=2025, month=9, day=15))
    assert letters_of(order_id)[0].issuer == "방송통신위원회"


def test_a_draft_about_a_duty_names_its_article_and_has_no_day_yet() -> None:
    korean, english = letters_of(drafted(operator("board"), duty="prevention_officer"))
    assert "제44조의9" in plain(korean)
    assert "within 30 days of receiving this order" in plain(english)
    assert "at most 20,000,000 won" in plain(english)
