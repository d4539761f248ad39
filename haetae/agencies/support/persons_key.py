"""A case's key as its person keeps it: wrapped under what their words give, with the mark of the pepper before it."""

from uuid import UUID

from haetae.common.case_keys import open_bytes, seal_bytes
from haetae.common.keys import Stretched
from haetae.common.keys.marks import marked, read_mark


def wrap_for_person(case_key: bytes, *, by: Stretched, case_id: UUID) -> bytes:
    return marked(by.generation, seal_bytes(case_key, key=by.key, about=case_id))


def unwrap_for_person(sealed: bytes | memoryview | None, *, by: Stretched, case_id: UUID) -> bytes:
    """Raises WrongKeyError."""
    _, content = read_mark(bytes(sealed or b""))
    return open_bytes(content, key=by.key, about=case_id)
