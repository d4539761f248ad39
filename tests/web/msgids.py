"""Every text of the pages that a translator has to write: read out of the templates and the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

import haetae.web

WEB = Path(haetae.web.__file__).parent
_CALLS = frozenset({"_", "now", "gettext", "gettext_lazy"})
_IN_TEMPLATE = re.compile(r"""\b(?:gettext|_)\(\s*u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")""")

Message = tuple[str | None, str]
"""Context (or None) and English text."""


def all_messages() -> set[Message]:
    found: set[Message] = set()
    for source in sorted(WEB.rglob("*.py")):
        found.update(_of_code(source))
    for template in sorted((WEB / "templates").rglob("*.html")):
        found.update(_of_template(template))
    return found


def _of_code(source: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        texts = [
            arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if node.func.id in _CALLS and len(texts) == 1:
            yield None, texts[0]
        if node.func.id.startswith("pgettext") and len(texts) == 2:
            yield texts[0], texts[1]


def _of_template(template: Path) -> Iterator[Message]:
    for found in _IN_TEMPLATE.finditer(
        templatize(template.read_text(encoding="utf-8"), origin=str(template))
    ):
        yield None, ast.literal_eval(found[1])
