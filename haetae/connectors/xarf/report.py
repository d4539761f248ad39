"""A XARF report of the type content/ncii, built of a notice. Pure; docs/xarf-ncii.md proposes the type.

Adults are never filed as material that shows children, and nobody is filed so by a machine: those types want a legal
class of the material, which only somebody who has looked can give. No evidence goes along, and no `confidence`: the
specification has it from 0 to 1, its library whole numbers, and a score of ours is a lead and no probability.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from haetae.notice.published import formats

VERSION: Final = "4.2.0"
TYPE: Final = "ncii"
_LONGEST_DESCRIPTION: Final = 1000
_DOMAIN: Final = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*\.)+[a-z]{2,}")
_ACTIONS: Final = {"delete": "remove", "remove_from_cache": "purge", "block_access": "disable_access"}


def report_of(notice: Mapping[str, Any]) -> dict[str, Any]:
    """Everything in it stands in the notice: hashes and addresses, the agency, never a person."""
    mailbox = str(notice["issuer"].get("mailbox", ""))
    agency = {
        "org": notice["issuer"]["name"]["en"],
        "contact": mailbox,
        "domain": mailbox.rpartition("@")[2],
    }
    host = (urlsplit(notice["locator"]["media"]).hostname or "").lower()
    whole = {
        "xarf_version": VERSION,
        "report_id": notice["id"],
        "timestamp": notice["issued_at"],
        "reporter": agency,
        "sender": agency,
        "source_identifier": host,
        "category": "content",
        "type": TYPE,
        "url": notice["locator"]["media"],
        "page_url": notice["locator"]["page"],
        "domain": host if _DOMAIN.fullmatch(host) else "",
        "requested_action": _ACTIONS.get(notice["asked"], ""),
        "depiction": {"yes": "manipulated", "no": "recorded"}.get(
            notice["content"]["manipulated"], "unknown"
        ),
        "hash_values": _hashes(notice.get("fingerprints", {})),
        "legal_basis": notice["legal_basis"]["citation"]["en"],
        "decision_reference": notice.get("decision", {}).get("review", ""),
        "act_by": notice["due"].get("legal") or "",
        "answer_url": notice.get("answer", {}).get("api", ""),
        "description": notice["explanation"]["en"][:_LONGEST_DESCRIPTION],
        "tags": list(_tags(notice)),
    }
    return {name: value for name, value in whole.items() if value not in ("", {}, [])}


def why_malformed(report: Mapping[str, Any]) -> list[str]:
    """What is wrong with a report by our own schema, as places in it: the values are nobody's business."""
    return [
        f"{'.'.join(map(str, error.absolute_path)) or 'the report'} does not fit ({error.validator})"
        for error in validator().iter_errors(report)
    ]


@cache
def validator() -> Draft202012Validator:
    loaded = {name: json.loads(_file(name)) for name in ("content-base.json", "content-ncii.json")}
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in loaded.values()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(loaded["content-ncii.json"], registry=registry, format_checker=formats())


def _file(name: str) -> bytes:
    return files("haetae.connectors.xarf").joinpath("schema", name).read_bytes()


def _hashes(prints: Mapping[str, Any]) -> dict[str, Any]:
    pdq = list(dict.fromkeys(frame["pdq"] for frame in prints.get("perceptual", ()) if frame.get("pdq")))
    digests = {name: prints[name] for name in ("sha256", "md5") if prints.get(name)}
    return digests | ({"pdq": pdq} if pdq else {})


def _tags(notice: Mapping[str, Any]) -> Iterator[str]:
    yield "ncii:intimate-image-abuse"
    if notice["content"]["manipulated"] == "yes":
        yield "ncii:manipulated"
    if notice["content"].get("minor_protected"):
        yield "ncii:minor"
    if "decision" in notice:
        yield "ncii:decided"
