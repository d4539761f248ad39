"""What goes in and out, as the description for machines says it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

HASHES_MOST = 1_000
FILES_MOST = 100  # a thread of the web server waits for them all
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{32}$")]


class HashIn(BaseModel):
    """The hashes of one picture; at least one of pdq, sha256 and md5. Without dhash nothing can be sure by likeness."""

    model_config = ConfigDict(extra="forbid")
    pdq: Hex64 | None = None
    dhash: Hex64 | None = None
    sha256: Hex64 | None = None
    md5: Hex32 | None = None
    reference: Annotated[str, Field(max_length=120)] = ""


class HashesIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    hashes: Annotated[list[HashIn], Field(min_length=1, max_length=HASHES_MOST)]


class MatchOut(BaseModel):
    """`distance_bits` of 256, `confirmed`: the same bytes, or both hash families agree.

    In a film or an animation `at_ms` is the moment of a frame. Where all frames were looked at, it shows the entry
    from `from_ms` to `to_ms`; `film` says that this is a known film, and `share_percent` how much of it is shown.
    """

    entry: str
    list_name: str
    tier: int
    distance_bits: int
    exact: bool
    confirmed: bool
    variant: str
    turn: str
    harmless: bool
    at_ms: int | None = None
    from_ms: int | None = None
    to_ms: int | None = None
    share_percent: int | None = None
    film: bool = False


class ReasonOut(BaseModel):
    code: str
    words: str


class Answer(BaseModel):
    """`decision`: request, review, nothing or undetermined. `match_type`: exact, near or none."""

    decision: str
    match_type: str
    matches: list[MatchOut]
    reasons: list[ReasonOut]
    reference: str = ""


class ModelOut(BaseModel):
    """What one model says of the file, or why nothing (`not_assessed`, a code; then all figures are null).

    `score` is the model's own number in log-odds, `probability` the calibrated one, which holds where a share
    `fake_share` of all pictures is what `task` looks for; null where nobody measured it. From `threshold` on the model
    found the share `finds` of what was to be found and was wrong about the share `wrongly` of the rest, on the set
    `measured_on`; only where `cross_source` is true did that come from elsewhere than what it was trained on. `level`:
    `rest` below every threshold, `review` or `act` from one on; neither sets anything off. `moments_ms` are of a film.
    """

    task: str
    name: str | None
    version: str | None
    score: float | None
    probability: float | None
    fake_share: float | None
    level: str | None
    threshold: float | None
    finds: float | None
    wrongly: float | None
    measured_on: str | None
    cross_source: bool | None
    moments_ms: list[int]
    not_assessed: str | None
    words: str


class ModelsOut(BaseModel):
    """`note` belongs to every score that is shown to anybody."""

    note: str
    tasks: list[ModelOut]


class MediaAnswer(Answer):
    """For a file also what it is; sizes are null where it was not opened. `models` is null unless asked for."""

    sha256_hex: str
    size_bytes: int
    kind: str
    format: str
    width_px: int | None
    height_px: int | None
    frames: int | None
    frames_examined: int | None
    models: ModelsOut | None = None


class Error(BaseModel):
    """`field` names the header or the part of the body that is wrong."""

    error: str
    field: str | None
    message: str


class FileOut(BaseModel):
    """One of several files: either an answer, or the refusal of this file alone. `reference` is its file name."""

    reference: str
    answer: MediaAnswer | None
    refusal: Error | None


class FilesOut(BaseModel):
    """In the order of the question."""

    results: list[FileOut]
    bank_version: int


class HashesOut(BaseModel):
    """In the order of the question."""

    results: list[Answer]
    bank_version: int


class Status(BaseModel):
    """`bank_version` grows with every change of what is known."""

    ok: bool
    bank_version: int


ERRORS: dict[int, Any] = dict.fromkeys((400, 401, 405, 408, 411, 413, 415, 429, 500, 503), Error)

# How the key is shown, for programs that are made out of the description.

MEDIA_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        # The bytes as they are, which OpenAPI 3.1 says by an empty schema.
        "content": {kind: {"schema": {}} for kind in ("application/octet-stream", "image/*", "video/*")},
    }
}

FILES_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": FILES_MOST,
                            "items": {"type": "string", "format": "binary"},
                        }
                    },
                },
            }
        },
    }
}
