"""What the law says to a person: what may be said of it, and what must not."""

import re
from datetime import date, timedelta

import pytest

from haetae.law.packs import load_pack
from haetae.law.person.facts import Reader, Rule

TODAY = date(2026, 11, 26)


def rule(rule_id: str) -> Rule:
    (found,) = [row for row in load_pack("kr").all_rules if row.rule_id == rule_id]
    return found


def test_there_is_something_for_every_reader_and_every_rule_names_its_article():
    for reader in Reader:
        assert load_pack("kr").rules(reader, on=TODAY), reader
    for row in load_pack("kr").all_rules:
        assert row.source.kind.is_law
        assert re.search(r"제[0-9]+조", row.citation_ko)
        assert row.citation_en.startswith(row.source.title_en)


def test_a_lawyer_is_a_duty_under_19_and_a_possibility_for_others():
    assert "must" in rule("state_lawyer_under_19").words_en + rule("state_lawyer_under_19").title_en
    assert "can appoint" in rule("state_lawyer").words_en


def test_missed_days_count_only_since_the_rule_began_and_only_when_the_head_agrees():
    found = rule("absence")
    began = date(2026, 7, 1)
    assert found.valid_from == began
    assert "head of school agrees" in found.words_en
    for day, holds in ((began - timedelta(days=1), False), (began, True)):
        assert (found in load_pack("kr").rules(Reader.UNDER_19, on=day)) == holds


def test_a_child_is_told_that_the_police_tell_a_guardian():
    """To promise silence would be untrue: article 38-2(1) has the police explain it to the guardian too."""
    assert rule("police_tell_guardian") in load_pack("kr").rules(Reader.UNDER_19, on=TODAY)
    assert "보호자에게도" in rule("police_tell_guardian").words_ko


def test_a_guardian_who_did_it_has_no_say_on_the_recording():
    assert "cannot" in rule("guardian_who_did_it").words_en
    assert rule("guardian_who_did_it").article == "30(3)"


@pytest.mark.parametrize("rule_id", ["police_ask_for_deletion", "report_at_once", "tell_the_ministry"])
def test_without_delay_is_never_turned_into_hours(rule_id):
    found = rule(rule_id)
    assert not re.search(r"[0-9]+ ?(시간|hours?)", f"{found.words_ko} {found.words_en}")
