"""The page of the clocks says what the code does: every place that sets a due date, and nothing else."""

import ast
from collections.abc import Iterator

from haetae.flow.clocks import CLOCKS
from haetae.flow.deadlines.states import Basis, Kind
from haetae.running.clocks_page import renewed
from tests.house.code import ROOT

_WRITERS = {"set_deadline", "set_policy"}
_WRAPPERS = {"flow.removal.due.set_policy", "flow.deadlines.actions.set_deadline"}


def test_the_page_of_the_clocks_is_printed_from_the_code_and_the_packs() -> None:
    page = (ROOT / "docs" / "clocks.md").read_text(encoding="utf-8")
    assert renewed(page) == page, "run: python -m haetae.running.clocks_page"


def test_every_place_that_sets_a_due_date_stands_on_the_page_with_its_kind_and_basis() -> None:
    said = {(clock.kind.name, clock.basis.name, clock.set_by) for clock in CLOCKS}
    assert said == set(_places())
    assert {clock.kind for clock in CLOCKS} == set(Kind), "a kind that nothing sets is a kind too many"


def _places() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "haetae").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT / "haetae").with_suffix("").parts)
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef) or f"{module}.{function.name}" in _WRAPPERS:
                continue
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _name(call.func) in _WRITERS:
                    yield _kind(call), _basis(call), f"{module}.{function.name}"


def _kind(call: ast.Call) -> str:
    named = [word.value for word in call.keywords if word.arg == "kind"]
    return _name((named or call.args[1:2])[0])


def _basis(call: ast.Call) -> str:
    named = [word.value for word in call.keywords if word.arg == "basis"]
    return _name(named[0]) if named else Basis.POLICY.name


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
