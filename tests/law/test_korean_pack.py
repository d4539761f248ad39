"""What the Korean pack says, and what it is careful not to say."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from haetae.law.duration import DurationError, parse_duration
from haetae.law.facts import Role, SourceKind
from haetae.law.merging import merged
from haetae.law.packs import NotInForceError, Pack, load_pack

LAW = Path(str(files("haetae.law")))
RAW: dict[str, Any] = merged(
    {part.name: part.read_text(encoding="utf-8") for part in sorted((LAW / "kr").glob("*.toml"))}, name="kr"
)

# A source has none, and a gap says what has none.
UNSOURCED = {"sources", "gaps"}


@pytest.fixture
def pack() -> Pack:
    return load_pack("kr")


def tables_with_values(
    node: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(node, list):
        for number, row in enumerate(node):
            yield from tables_with_values(row, (*path, str(number)))
    if isinstance(node, dict):
        nested = {key for key, value in node.items() if is_nested(value)}
        if set(node) - nested:
            yield path, node
        for key in nested:
            yield from tables_with_values(node[key], (*path, key))


def is_nested(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(row, dict) for row in value)
    )


def test_every_value_names_a_source_that_is_listed() -> None:
    found = {path: table for path, table in tables_with_values(RAW) if path and path[0] not in UNSOURCED}
    assert len(found) >= 20
    for path, table in found.items():
        assert table.get("source") in RAW["sources"], f"{'.'.join(path)} names no listed source"


def test_every_listed_source_is_used() -> None:
    used = {
        table.get("source") for path, table in tables_with_values(RAW) if path and path[0] not in UNSOURCED
    }
    assert set(RAW["sources"]) == used


def test_what_stands_under_legal_cites_law_and_what_stands_under_policy_does_not() -> None:
    law = {key for key, source in RAW["sources"].items() if source["kind"] in {"statute", "decree"}}
    for path, table in tables_with_values(RAW):
        if path and path[0] in {"legal", "policy"}:
            assert (table["source"] in law) == (path[0] == "legal"), path


def test_the_law_gives_no_hours_and_the_24_hours_are_only_a_target(pack: Pack) -> None:
    legal = pack.removal.legal_deadline
    assert legal.as_soon_as_possible
    assert legal.due_after is None
    assert legal.source.kind is SourceKind.STATUTE
    assert pack.removal.target_removal.as_timedelta() == timedelta(hours=24)
    assert not pack.removal.removal.source.kind.is_law
    assert pack.removal.target_acknowledgement.as_timedelta() == timedelta(hours=4)


def test_a_text_that_was_not_found_in_its_newest_form_is_not_called_verified(pack: Pack) -> None:
    assert not pack.removal.legal_deadline.verified
    assert not pack.legal_basis("operator_duty", on=date(2026, 11, 1)).verified
    assert pack.provisional_block.verified


@pytest.mark.parametrize(
    ("role", "last_day", "before", "after"),
    [
        (Role.REGULATOR, date(2025, 9, 30), "방송통신위원회", "방송미디어통신위원회"),
        (Role.REVIEWER, date(2025, 9, 30), "방송통신심의위원회", "방송미디어통신심의위원회"),
        (Role.PROSECUTOR, date(2026, 10, 1), "검찰청", "공소청"),
        (Role.SUPPORT_MINISTRY, date(2025, 9, 30), "여성가족부", "성평등가족부"),
    ],
)
def test_an_agency_hands_its_role_over_between_two_days(
    pack: Pack, role: Role, last_day: date, before: str, after: str
) -> None:
    assert pack.agency(role=role, on=last_day).name_ko == before
    assert pack.agency(role=role, on=last_day + timedelta(days=1)).name_ko == after


def test_every_role_is_held_by_exactly_one_agency_today_and_the_reviewer_is_not_the_regulator(
    pack: Pack,
) -> None:
    for role in Role:
        assert [agency.role for agency in pack.agencies if agency.covers(pack.version)].count(role) == 1
    reviewer = pack.agency(role=Role.REVIEWER, on=pack.version)
    assert reviewer != pack.agency(role=Role.REGULATOR, on=pack.version)


def test_before_it_opened_the_support_centre_holds_no_role(pack: Pack) -> None:
    assert "D4U" in pack.agency(role=Role.SUPPORT_CENTRE, on=date(2025, 4, 17)).name_en
    with pytest.raises(NotInForceError, match="'support_centre' on 2025-04-16"):
        pack.agency(role=Role.SUPPORT_CENTRE, on=date(2025, 4, 16))


def test_the_police_could_not_cite_their_duty_before_it_began(pack: Pack) -> None:
    basis = pack.legal_basis("police_request", on=date(2025, 6, 4))
    assert basis.citation_ko.startswith("「성폭력범죄의 처벌 등에 관한 특례법」 제23조의2제1항(")
    assert "Article 23-2(1)" in basis.citation_en
    with pytest.raises(NotInForceError, match="police_request"):
        pack.legal_basis("police_request", on=date(2025, 6, 3))


def test_an_unknown_legal_basis_is_answered_with_the_known_ones(pack: Pack) -> None:
    with pytest.raises(NotInForceError, match="operator_duty"):
        pack.legal_basis("invented", on=date(2026, 11, 1))


def test_a_block_may_last_thirty_days_and_not_a_second_more(pack: Pack) -> None:
    assert pack.provisional_block.article == "44-2(4)"
    blocked_at = datetime(2026, 12, 1, 3, tzinfo=UTC)
    ends = pack.due_at(start=blocked_at, duration=pack.provisional_block.maximum)
    assert ends == datetime(2026, 12, 31, 3, tzinfo=UTC)


def test_we_look_at_once_and_again_for_a_quarter_of_a_year(pack: Pack) -> None:
    hours = [probe.as_timedelta() / timedelta(hours=1) for probe in pack.probes.schedule]
    assert hours == [0, 1, 24, 7 * 24, 30 * 24, 90 * 24]
    assert pack.probes.second_look_after.as_timedelta() > timedelta()
    minutes = [look.as_timedelta() / timedelta(minutes=1) for look in pack.probes.unknown_look_again]
    assert minutes == [1, 10, 60, 360]


def test_sending_starts_at_once_and_never_pauses_longer_than_the_target(pack: Pack) -> None:
    pauses = [pause.as_timedelta() for pause in pack.removal.send_again_after]
    assert pauses[0] == timedelta()
    assert max(pauses) <= pack.removal.target_removal.as_timedelta()
    assert sum(pauses, timedelta()) > pack.removal.target_removal.as_timedelta()


def test_the_pack_is_read_once(pack: Pack) -> None:
    assert load_pack() is pack is load_pack("kr")


def law_in_code(source: str) -> list[str]:
    """Durations, articles and lengths of time that stand in code instead of in a pack."""
    tree = ast.parse(source)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Constant | ast.Call)]
    return [ast.unparse(node) for node in nodes if is_duration(node) or is_length_of_time(node)]


def is_duration(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    try:
        return parse_duration(node.value).exact > timedelta() or parse_duration(node.value).months > 0
    except DurationError:
        return False


def is_length_of_time(node: ast.AST) -> bool:
    called = isinstance(node, ast.Call) and ast.unparse(node.func).endswith("timedelta")
    return called and any(isinstance(inner, ast.Constant) for inner in ast.walk(node))


def test_no_number_of_law_stands_in_code() -> None:
    assert law_in_code("limit = timedelta(days=30)") == ["timedelta(days=30)"]
    assert law_in_code("limit = 'P30D'") == ["'P30D'"]
    modules = sorted(LAW.rglob("*.py"))
    assert len(modules) > 5
    for module in modules:
        assert law_in_code(module.read_text(encoding="utf-8")) == [], module.name


def test_models_act_only_on_a_report_and_only_within_a_stated_share_of_errors(pack):
    rules = pack.automatic
    assert rules.needs_report
    assert not rules.verified, "nobody has measured how many uploads are reported"
    assert rules.could_be_wronged_per_million == rules.reported_per_million == 200
    free = replace(rules, needs_report=False)
    assert free.could_be_wronged_per_million == 1_000_000 - rules.harmful_per_million
