"""One classic script out of modules: a page that is opened as a file may load no module, and this house has no bundler.

Each module becomes a function that runs once and gives back what it exports. Only the forms of import and export that
our own modules use are read; anything else is refused by name instead of being guessed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_IMPORT: Final = re.compile(
    r'^import \{ (?P<names>[\w, ]+) \} from "\./(?P<place>[\w./]+)\.js";$', re.MULTILINE
)
_EXPORT: Final = re.compile(
    r"^export (?P<kind>(?:async )?function\*?|class|const) (?P<name>\w+)", re.MULTILINE
)
_LEFT: Final = re.compile(r"^\s*(?:import|export)\b|\bimport\s*\(|\bimport\.meta\b", re.MULTILINE)
_COMMENT: Final = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.MULTILINE | re.DOTALL)


class NotJoinedError(ValueError):
    """A module uses a form that is not read here, or asks for one that is not there; the text names it."""


def joined(modules: Mapping[str, str], *, first: str) -> str:
    """All that `first` needs, each once and before whoever asks for it. Names are without `.js`."""
    parts = [_wrapped(name, modules[name]) for name in _in_order(modules, first)]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n"


def _in_order(modules: Mapping[str, str], first: str) -> list[str]:
    order: list[str] = []
    _visit(modules, first, order, ())
    return order


def _visit(modules: Mapping[str, str], name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise NotJoinedError(f"{name}.js imports itself by way of {', '.join(above)}.")
    if name in order:
        return
    if name not in modules:
        raise NotJoinedError(f"{above[-1] if above else 'The page'} asks for {name}.js, which is not there.")
    for _names, asked in _imports(modules[name]):
        _visit(modules, asked, order, (*above, name))
    order.append(name)


def _imports(text: str) -> Iterator[tuple[str, str]]:
    for found in _IMPORT.finditer(text):
        yield found["names"], found["place"].rsplit("/", 1)[-1]


def _wrapped(name: str, text: str) -> str:
    exported = [found["name"] for found in _EXPORT.finditer(text)]
    code = _EXPORT.sub(r"\g<kind> \g<name>", _IMPORT.sub("", text))
    if left := _LEFT.search(_COMMENT.sub("", code)):
        raise NotJoinedError(f"{name}.js has a form that cannot be joined: {left[0].strip()}")
    taken = "".join(f"const {{ {names} }} = {_variable(asked)};\n" for names, asked in _imports(text))
    gives = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"const {_variable(name)} = (() => {{\n{taken}{code.strip()}\n{gives}}})();"


def _variable(name: str) -> str:
    return f"{name}_js"
