"""What a page says, as text: what somebody would have read on it, without a picture. Pure.

One pass from tag to tag: a page is written by a stranger, and a parser that builds a tree can be
held up by it for minutes.
"""

import re
from html import unescape
from typing import Final

_UNSEEN: Final = frozenset({"script", "style", "template", "noscript", "svg"})
_BREAKS: Final = frozenset(
    {"p", "div", "br", "li", "tr", "section", "article", "header", "footer", "title", "ul"}
) | {f"h{level}" for level in range(1, 7)}
_NAME: Final = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]*)")
_ALT: Final = re.compile(r"""\balt\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset=[\"']?([a-z0-9_-]{2,20})", re.IGNORECASE)


def text_of(body: bytes, *, content_type: str) -> str:
    """The words in their order, one block a line, pictures named by what stands in their place."""
    page = body.decode(_encoding(body, content_type), errors="replace")
    said, unseen = [], ""
    first, *rest = page.split("<")
    said.append(first)
    for piece in rest:
        inside, closed, after = piece.partition(">")
        if unseen == "!--":
            # A comment ends where it says so, whatever else stands in it.
            if "-->" not in piece:
                continue
            unseen, after = "", piece.partition("-->")[2]
        elif inside.startswith("!--"):
            if "-->" not in piece:
                unseen = "!--"
                continue
            after = piece.partition("-->")[2]
        else:
            name = _NAME.match(inside)
            tag = name.group(1).lower() if name else ""
            if unseen:
                if not (inside.startswith("/") and tag == unseen):
                    continue
                unseen = ""
            elif tag in _UNSEEN and not inside.startswith("/"):
                unseen = tag
                continue
            said.append(
                _in_place_of(tag, inside) if name or inside.startswith(("!", "?")) else f"<{inside}{closed}"
            )
        said.append(after)
    lines = (re.sub(r"\s+", " ", line).strip() for line in unescape("".join(said)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _in_place_of(tag: str, inside: str) -> str:
    if tag != "img":
        return "\n" if tag in _BREAKS else ""
    alt = _ALT.search(inside)
    words = (alt.group(1) or alt.group(2) or "") if alt else ""
    return f" [picture: {words}] " if words else " [picture] "


def _encoding(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type) or _CHARSET.search(body[:1024].decode("latin-1"))
    name = named.group(1) if named else "utf-8"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name
