"""Reading XML that somebody else wrote: no DOCTYPE, so no entities of its own, and bounded in size and depth. Pure."""

from typing import Final
from xml.etree import ElementTree
from xml.parsers import expat

from haetae.common.wires import BadWireError

_DEEPEST: Final = 32
_MOST_ELEMENTS: Final = 100_000
Element = ElementTree.Element


class _ForbiddenError(Exception):
    """The document has something that no wire of ours needs."""


def tree_of(body: bytes) -> Element:
    """The root, with names without their namespaces. Raises BadWireError."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth, count = 0, 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise _ForbiddenError
        builder.start(_plain(name), {_plain(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_plain(name))

    def forbid(*_: object) -> None:
        raise _ForbiddenError

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = forbid
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat knows no names of arguments
    except _ForbiddenError as problem:
        raise BadWireError(
            "body", "XML without a DOCTYPE, not too deep and not too long, is read."
        ) from problem
    except (expat.ExpatError, ValueError, LookupError) as problem:
        raise BadWireError("body", "This is no XML.") from problem
    return builder.close()


def child(element: Element, name: str) -> Element | None:
    """The first child of this name."""
    return next((one for one in element if one.tag == name), None)


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
