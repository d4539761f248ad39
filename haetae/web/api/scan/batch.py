"""Several files in one question: each gets an answer or a refusal of its own, and none holds up the others for long."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.http import JsonResponse

from haetae.detect.matching import Bank
from haetae.web.api import answers, looking
from haetae.web.api.scan import models
from haetae.web.api.scan.parts import MalformedError, Part, parts_of
from haetae.web.api.scan.schemas import FILES_MOST

WITHIN_S: Final = 20.0  # behind this no further file is begun
_NAME_MOST: Final = 120
_AS_THEY_ARE: Final = frozenset({"", "binary", "8bit", "7bit"})


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why one file, or the whole body, was not examined. `ours`: we could not, and the same may be asked again."""

    code: str
    field: str | None
    message: str
    ours: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"error": self.code, "field": self.field, "message": self.message}


Result = dict[str, Any] | Refused
_BUSY: Final = Refused(
    code="busy", field=None, message="All openers are at work. Ask about this file again shortly.", ours=True
)
_MODELS_BUSY: Final = Refused(
    code="models_busy",
    field=None,
    message="Models were at work on other files. Ask about this one in another batch, or without models.",
    ours=True,
)
_NO_OPENER: Final = Refused(
    code="no_opener",
    field=None,
    message="No opener of pictures could be started. Ask again shortly.",
    ours=True,
)
_LATE: Final = Refused(
    code="late",
    field=None,
    message=f"The files before took {WITHIN_S:.0f} seconds. Ask about this one in another batch.",
    ours=True,
)


def files_in(body: bytes, *, boundary: bytes) -> list[Part] | Refused:
    """The files in their order, or what is wrong with the body as a whole."""
    try:
        parts = parts_of(body, boundary=boundary, most=FILES_MOST)
    except MalformedError as wrong:
        return Refused(code="unreadable", field=wrong.field, message=str(wrong))
    if not parts:
        return Refused(code="no_file", field="file", message="Send at least one file, in a part named file.")
    if len(parts) > FILES_MOST:
        words = f"At most {FILES_MOST} files are examined at once. Send the rest in another batch."
        return Refused(code="too_many_files", field="file", message=words)
    for number, part in enumerate(parts):
        if part.name != "file":
            words = "Every part must be a file and be named file."
            return Refused(code="unknown_part", field=f"parts.{number}", message=words)
    return parts


def results_of(body: bytes, parts: Sequence[Part], *, known: Bank, with_models: bool = False) -> list[Result]:
    """One for each part, in their order. As many at once as batches have openers, in turn with other batches."""
    late_s = time.monotonic() + WITHIN_S
    one = partial(_result, body, known=known, late_s=late_s, with_models=with_models)
    with ThreadPoolExecutor(looking.OF_BATCHES_AT_ONCE, thread_name_prefix="batch") as threads:
        return list(threads.map(one, parts, range(len(parts))))


def all_ours(results: Sequence[Result]) -> JsonResponse | None:
    """The refusal of the whole where not one file was examined, and all for reasons of ours."""
    failed = [one for one in results if isinstance(one, Refused) and one.ours]
    if len(failed) < len(results):
        return None
    return answers.unanswered(code=failed[0].code, message=failed[0].message)


def as_json(part: Part, result: Result) -> dict[str, Any]:
    refused = result.as_json() if isinstance(result, Refused) else None
    answer = None if isinstance(result, Refused) else result
    return {"reference": part.file_name[:_NAME_MOST], "answer": answer, "refusal": refused}


def _result(body: bytes, part: Part, number: int, *, known: Bank, late_s: float, with_models: bool) -> Result:
    """The bytes of a file are copied out of the body only while it is examined."""
    refused = _why_not_this_part(part, field=f"parts.{number}")
    if refused is not None:
        return refused
    left_s = late_s - time.monotonic()
    if left_s < 0:
        return _LATE
    data = body[part.begin : part.end]
    try:
        finding = looking.look_in_batch(known, data, within_s=left_s)
        answer = models.answer(finding, data, wanted=with_models, within_s=late_s - time.monotonic())
    except looking.ModelsBusyError:
        return _MODELS_BUSY
    except looking.BusyError:
        return _BUSY
    except looking.NoOpenerError:
        return _NO_OPENER
    return {**answer, "reference": part.file_name[:_NAME_MOST]}


def _why_not_this_part(part: Part, *, field: str) -> Refused | None:
    kind = part.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind != "application/octet-stream" and not kind.startswith(("image/", "video/")):
        words = (
            "Name the type of a file as image/..., video/... or application/octet-stream, or leave it out."
        )
        return Refused(code="content_type", field=field, message=words)
    if part.headers.get("content-transfer-encoding", "").lower() not in _AS_THEY_ARE:
        words = "Send the file's own bytes; a Content-Transfer-Encoding is not undone."
        return Refused(code="encoded", field=field, message=words)
    if part.begin == part.end:
        return Refused(code="body_empty", field=field, message="Send the file's bytes; this part has none.")
    return None
