"""All evidence items of a file. Whatever the bytes are, this ends soon and does not raise."""

from haetae.detect.provenance.credentials import statements_of
from haetae.detect.provenance.evidence import Evidence
from haetae.detect.provenance.exif import texts_of
from haetae.detect.provenance.fields import Field, fields_of
from haetae.detect.provenance.traces import trace_in_text, traces_in_xmp


def items_of(data: bytes) -> tuple[Evidence, ...]:
    """Each item once, in the order of the file. None of them proves anything, and their absence even less."""
    return tuple(dict.fromkeys(item for field in fields_of(data) for item in _items(field)))


def _items(field: Field) -> tuple[Evidence, ...]:
    if field.kind == "credentials":
        return statements_of(field.content)
    if field.kind == "xmp":
        return traces_in_xmp(field.content.decode("utf-8", "replace"))
    if field.kind == "exif":
        texts, place = texts_of(field.content), "EXIF"
    else:
        texts, place = {field.name: field.content.decode("utf-8", "replace")}, "PNG"
    found = (trace_in_text(name, text, where=f"{place} {name}") for name, text in texts.items())
    return tuple(item for item in found if item is not None)
