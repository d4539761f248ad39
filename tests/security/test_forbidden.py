"""What our code may not do at all, or in few places: read from the syntax, not from words in a line."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = sorted(
    path
    for package in ("haetae", "sandbox_platform")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)

# A module, and the only places that may import it. An empty set: nobody.
MODULES = {
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "dill": set(),
    "joblib": set(),
    "yaml": set(),
    "requests": set(),
    "urllib3": set(),
    "urllib.request": set(),
    "http.client": {"sandbox_platform/upload_hook.py"},
    "aiohttp": set(),
    "telnetlib": set(),
    "ftplib": set(),
    "xml": {"haetae/common/xml.py", "haetae/hashbank/exchange/ncmec.py"},
    "lxml": set(),
    "socket": {
        "haetae/agencies/looks",
        "haetae/common/keys",
        "haetae/common/outbound",
        "haetae/running",
        "haetae/web/api/pulse.py",
        "sandbox_platform",
    },
    "subprocess": {
        "haetae/common/embedded_postgres.py",
        "haetae/detect/classifying/outside/process.py",
        "haetae/detect/opening/opener.py",
        "haetae/documents/pdf.py",
        "haetae/pages/readers.py",
        "haetae/running",
    },
    "ctypes": {"haetae/detect/opening", "haetae/running"},
    # Patterns that are the same each time, and a sample by the system's own chance; nothing secret is drawn with it.
    "random": {"haetae/booth", "haetae/running/backup/evidence.py"},
    "multiprocessing": {"haetae/archive/processes.py", "haetae/running/pulse.py"},
    "code": set(),
    "pty": set(),
}
# Functions by their dotted name as it is written.
CALLS = {
    "eval": set(),
    "exec": set(),
    "compile": set(),
    "__import__": set(),
    "os.system": set(),
    "os.popen": set(),
    "tempfile.mktemp": set(),
    "yaml.load": set(),
    "numpy.load": set(),
    "hashlib.md5": {"haetae/detect/hashing/exact.py"},  # what old lists of others hold; nothing rests on it
    "hashlib.sha1": set(),
    "ssl._create_unverified_context": set(),
    "mark_safe": set(),
    "RawSQL": set(),
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def found() -> Iterator[tuple[str, str]]:
    for path in OURS:
        yield from ((where(path), words) for words in problems(tree_of(path), where(path)))


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def problems(tree: ast.Module, place: str) -> Iterator[str]:
    for node in ast.walk(tree):
        for module in imported(node):
            if not allowed(module, place, MODULES):
                yield f"imports {module}"
        if isinstance(node, ast.Call):
            yield from called(node, place)
        if isinstance(node, ast.Assert):
            yield from does_something(node)


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def allowed(name: str, place: str, table: dict[str, set[str]]) -> bool:
    known = [rule for rule in table if name == rule or name.startswith(f"{rule}.")]
    return all(any(place == ours or place.startswith(f"{ours}/") for ours in table[rule]) for rule in known)


def called(node: ast.Call, place: str) -> Iterator[str]:
    name = dotted(node.func)
    if name in CALLS and not allowed(name, place, CALLS):
        yield f"calls {name}"
    told = {one.arg: one.value for one in node.keywords}
    if isinstance(shell := told.get("shell"), ast.Constant) and shell.value:
        yield "runs a shell"
    if isinstance(verified := told.get("verify"), ast.Constant) and verified.value is False:
        yield "does not verify certificates"
    if name.endswith("np.load") and not is_false(told.get("allow_pickle")):
        yield "may load a pickle"


def is_false(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def does_something(node: ast.Assert) -> Iterator[str]:
    """Python can be told to leave assertions out: what they do would be left out with them."""
    for one in ast.walk(node.test):
        if isinstance(one, ast.NamedExpr | ast.Await | ast.Yield):
            yield "does something in an assertion"
        if isinstance(one, ast.Call) and dotted(one.func).rpartition(".")[2] in {
            "save", "delete", "create", "update", "execute", "write", "send", "unlink", "pop", "record",
        }:  # fmt: skip
            yield f"does something in an assertion: {dotted(one.func)}"


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".removeprefix(".")
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_forbidden_is_done_anywhere() -> None:
    assert [f"{place}: {words}" for place, words in found()] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import pickle", "imports pickle"),
        ("from pickle import loads", "imports pickle.loads"),
        ("from urllib.request import urlopen", "imports urllib.request.urlopen"),
        ("from urllib import request", "imports urllib.request"),
        ("import socket", "imports socket"),
        ("import xml.etree.ElementTree", "imports xml.etree.ElementTree"),
        ("import random", "imports random"),
        ("eval('1')", "calls eval"),
        ("run('ls', shell=True)", "runs a shell"),
        ("tempfile.mktemp()", "calls tempfile.mktemp"),
        ("np.load('a.npy')", "may load a pickle"),
        ("get(url, verify=False)", "does not verify certificates"),
        ("assert row.delete()", "does something in an assertion: row.delete"),
        ("assert (n := 3)", "does something in an assertion"),
    ],
)
def test_each_rule_finds_what_it_forbids(code: str, words: str) -> None:
    assert words in list(problems(ast.parse(code), "haetae/web/page.py"))


def test_every_place_that_is_excepted_is_there_and_needs_it() -> None:
    """An exception that nothing needs any more is a door left open."""
    used = set()
    for path in OURS:
        for node in ast.walk(tree_of(path)):
            for name in imported(node):
                used |= {
                    (rule, ours)
                    for rule, places in MODULES.items()
                    for ours in places
                    if (name == rule or name.startswith(f"{rule}."))
                    and (where(path) == ours or where(path).startswith(f"{ours}/"))
                }
    excepted = {(rule, ours) for rule, places in MODULES.items() for ours in places}
    assert excepted - used == set()
