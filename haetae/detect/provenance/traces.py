"""What generators leave in text fields. The content must look like it: a field's presence says nothing."""

import json
import re
from typing import Any, Final

from haetae.detect.provenance.evidence import Evidence, Kind, Says, Signature, source_type

_SETTINGS: Final = (
    r"\bSteps: \d{1,4}\b",
    r"\bSampler: \w",
    r"\bCFG scale: \d",
    r"\bSeed: \d",
    r"\bModel hash: [0-9a-f]",
)
_DREAM: Final = (r"\s-s ?\d+", r"\s-S ?\d+", r"\s-[WH] ?\d+", r"\s-C ?[\d.]+", r"\s-A ?\w+")
_GENERATORS: Final = (
    "Adobe Firefly", "ComfyUI", "DALL-E", "DiffusionBee", "Draw Things", "Fooocus", "InvokeAI", "Midjourney",
    "NovelAI", "Stable Diffusion",
)  # fmt: skip
_INVOKE: Final = {"generation_mode", "positive_prompt", "app_version", "model", "seed", "steps", "app_id"}
_XMP_SOURCE: Final = re.compile(
    r"DigitalSourceType\s{0,9}(?:=\s{0,9}[\"']|>|\s[^<>]{0,40}resource\s{0,9}=\s{0,9}[\"'])([^\"'<>]{1,200})"
)
_XMP_TOOL: Final = re.compile(r"\bCreatorTool\s{0,9}(?:=\s{0,9}[\"']|>)([^\"'<>]{1,200})")


def trace_in_text(name: str, text: str, *, where: str) -> Evidence | None:
    """Evidence in one text field, of a PNG or of EXIF, or None."""
    tool = _settings_of(name, text)
    if tool:
        return Evidence(kind=Kind.SETTINGS, tool=tool, where=where, says=Says.GENERATED)
    return _named(text, where=where) if name == "Software" else None


def traces_in_xmp(text: str) -> tuple[Evidence, ...]:
    """What XMP states: a digital source type, where it speaks of generation, and a generator as the tool."""
    found = []
    for stated in _XMP_SOURCE.finditer(text):
        says = source_type(stated[1])
        if says in {Says.GENERATED, Says.COMPOSITE_GENERATED}:
            found.append(Evidence(kind=Kind.SOURCE_TYPE, tool="", where="XMP DigitalSourceType", says=says))
    tool = _XMP_TOOL.search(text)
    named = _named(tool[1], where="XMP CreatorTool") if tool else None
    return (*found, named) if named else tuple(found)


def _settings_of(name: str, text: str) -> str:
    """The generator whose settings these are, or nothing."""
    if name in {"parameters", "UserComment"}:
        return "Stable Diffusion web UI" if _count(_SETTINGS, text) >= 3 else ""
    if name == "Dream":
        return "InvokeAI" if _count(_DREAM, text) >= 3 else ""
    if name in {"sd-metadata", "invokeai_metadata"}:
        found = _object(text)
        return "InvokeAI" if len(_INVOKE & found.keys()) >= 2 else ""
    part, _, inside = text.partition(":")
    if name in {"Make", "Model", "ImageDescription"} and part.lower() in {"workflow", "prompt"}:
        name, text = part.lower(), inside
    if name == "prompt":
        return "ComfyUI" if _is_prompt(_object(text)) else ""
    if name == "workflow":
        found = _object(text)
        return "ComfyUI" if all(isinstance(found.get(key), list) for key in ("nodes", "links")) else ""
    return ""


def _is_prompt(found: dict[str, Any]) -> bool:
    """Nodes by their numbers, each of a class and with inputs."""
    return bool(found) and all(
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
        for node in found.values()
    )


def _count(patterns: tuple[str, ...], text: str) -> int:
    return sum(1 for pattern in patterns if re.search(pattern, text))


def _object(text: str) -> dict[str, Any]:
    """The JSON object, or an empty one for anything else."""
    try:
        found = json.loads(text.strip("\0 \t\r\n"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _named(text: str, *, where: str) -> Evidence | None:
    for tool in _GENERATORS:
        if re.match(rf"\s{{0,9}}{re.escape(tool)}\b", text, re.IGNORECASE):
            return Evidence(
                kind=Kind.SOFTWARE, tool=tool, where=where, says=Says.GENERATED, signature=Signature.NONE
            )
    return None
