"""A document as plain text, for whoever is heard about a draft of it. Pure."""

from haetae.documents.document import Document, Facts, Paragraph


def plain(document: Document) -> str:
    """Its title, its parts, the articles and what was not checked; no number, for a draft has none."""
    lines = [document.title, ""]
    for part in document.parts:
        lines += [part.title] if part.title else []
        for block in part.content:
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif isinstance(block, Facts):
                lines += [f"{name}: {value}" for name, value in block.rows]
            else:
                lines += [" · ".join(row) for row in block.rows]
        lines.append("")
    return "\n".join([*lines, *document.law, *document.notes]).strip()
