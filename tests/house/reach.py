"""What a module of ours can get at, read from its source: every foreign thing that it names, by its full name.

Aliases, `from x import y as z`, assignments, `getattr`, `import_module` and names that another module of ours passes on
are followed as far as a reader of source can: within a module without regard to order, and wherever the name is a
literal. What cannot be read (a module or attribute whose name is worked out, `exec`) is told as such.
"""

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from tests.house.code import PACKAGE, ROOT, tree

UNREADABLE: Final = "?"
BY_NAME: Final = "imported:"
RESULT: Final = "()"  # what some call gave: of that nothing is known but how it is used
_IMPORTERS: Final = {
    "importlib.import_module",
    "importlib.__import__",
    "__import__",
    "builtins.__import__",
    "django.utils.module_loading.import_string",
    "pkgutil.resolve_name",
    "runpy.run_module",
    "runpy.run_path",
}
_BLIND: Final = {
    "exec",
    "eval",
    "compile",
    "builtins.exec",
    "builtins.eval",
    "builtins.compile",
    "sys.modules",
}
BLIND: Final = {f"{name}{UNREADABLE}" for name in _BLIND}
_PASSED_ON_MOST: Final = 6


_ASSIGNING: Final = (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.withitem)
_TELLING: Final = (ast.Import, ast.ImportFrom, ast.Name, ast.Attribute, ast.Call, *_ASSIGNING)


@dataclass(kw_only=True)
class Module:
    """`name` is its dotted name. `stars` are the modules from which it takes everything."""

    name: str
    body: ast.Module
    is_package: bool = False
    known: dict[str, set[str]] = field(default_factory=dict)
    stars: set[str] = field(default_factory=set)
    nodes: list[ast.AST] = field(default_factory=list)
    _news: bool = True

    def __post_init__(self) -> None:
        self.nodes = [node for node in ast.walk(self.body) if isinstance(node, _TELLING)]
        for node in self.nodes:
            self._import(node)
        assigned = [node for node in self.nodes if isinstance(node, _ASSIGNING)]
        while self._news:  # a name of a name of a name
            self._news = False
            for node in assigned:
                self._assign(node)

    def _learn(self, name: str, full: str) -> None:
        known = self.known.setdefault(name, set())
        # Deeper than this it is a loop: `node = node.next`.
        if full not in known and full.count(".") < 8 and len(known) < 50:
            known.add(full)
            self._news = True

    def _import(self, node: ast.AST) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                self._learn(alias.asname or whole, whole)
        elif isinstance(node, ast.ImportFrom):
            origin = self._origin(node)
            for alias in node.names:
                if alias.name == "*":
                    self.stars.add(origin)
                else:
                    self._learn(alias.asname or alias.name, f"{origin}.{alias.name}")

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.name.split(".")
        parts = parts[: len(parts) - node.level + (1 if self.is_package else 0)]
        return ".".join([*parts, *([node.module] if node.module else [])])

    def _assign(self, node: ast.AST) -> None:
        pairs: list[tuple[ast.expr, ast.expr | None]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            pairs = [(node.optional_vars, node.context_expr)]
        for target, value in pairs:
            if isinstance(target, ast.Name) and value is not None:
                for full in self.names(value):
                    self._learn(target.id, full)

    def names(self, node: ast.expr) -> set[str]:
        """Every full name that this expression may stand for; a call of an importer stands for what it imports."""
        if isinstance(node, ast.Name):
            return self.known.get(node.id) or {node.id if hasattr(builtins, node.id) else RESULT}
        if isinstance(node, ast.Attribute):
            return {f"{base}.{node.attr}" for base in self.names(node.value)}
        if isinstance(node, ast.Call):
            return set(self._called(node)) or {RESULT}
        if isinstance(node, ast.IfExp):
            return self.names(node.body) | self.names(node.orelse)
        if isinstance(node, ast.BoolOp):
            return {name for value in node.values for name in self.names(value)}
        return set()

    def _called(self, node: ast.Call) -> Iterator[str]:
        callees = self.names(node.func)
        if callees & {"getattr", "builtins.getattr"} and len(node.args) >= 2:
            yield from (f"{base}.{literal(node.args[1])}" for base in self.names(node.args[0]))
        for callee in callees & _IMPORTERS:
            name = literal(node.args[0]) if node.args else UNREADABLE
            yield f"{BY_NAME} {name}" if name.endswith(UNREADABLE) else name
            del callee
        if "functools.partial" in callees and node.args:
            yield from self.names(node.args[0])


def literal(node: ast.expr) -> str:
    """A name that stands there; of one that is put together only its beginning, and that the rest is unreadable."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return left if left.endswith(UNREADABLE) else left + right
    if isinstance(node, ast.JoinedStr):
        whole = ""
        for part in node.values:
            if not isinstance(part, ast.Constant):
                return whole + UNREADABLE
            whole += str(part.value)
        return whole
    return UNREADABLE


def reached(module: Module, *, passed_on: Mapping[str, Module] | None = None) -> Iterator[tuple[int, str]]:
    """(line, full name) of everything foreign or unreadable that the module names, imports or takes from others."""
    others = passed_on or {}
    for origin in module.stars:
        yield 1, f"{origin}.*"
    for node in module.nodes:
        found: set[str] = set()
        if isinstance(node, ast.Import):
            found = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = module._origin(node)
            found = {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Name | ast.Attribute | ast.Call):
            found = module.names(node)
        line = getattr(node, "lineno", 1)
        for name in found:
            if name in _BLIND:
                yield line, f"{name}{UNREADABLE}"
            yield from ((line, full) for full in _followed(name, others=others))


def _followed(name: str, *, others: Mapping[str, Module], most: int = _PASSED_ON_MOST) -> Iterator[str]:
    """The name, and what it stands for in the module of ours that passes it on."""
    yield name
    if not name.startswith("haetae.") or most == 0:
        return
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        passing = others.get(".".join(parts[:end]))
        if passing is not None:
            rest = parts[end:]
            for full in passing.known.get(rest[0], ()):
                if full != ".".join(parts[: end + 1]):
                    yield from _followed(".".join([full, *rest[1:]]), others=others, most=most - 1)
            return


def read(source: str, *, name: str = "haetae.planted") -> Module:
    return Module(name=name, body=ast.parse(source))


@cache
def house() -> Mapping[str, Module]:
    """Every module of the house by its dotted name, migrations and all."""
    modules = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = _dotted(path)
        modules[name] = Module(name=name, body=tree(path), is_package=path.name == "__init__.py")
    return modules


def _dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
