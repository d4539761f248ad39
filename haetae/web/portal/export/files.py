"""The files of a copy, each with what it is for, and the list by which anybody checks that none was changed."""

from typing import Final

from django.template.loader import render_to_string

from haetae.agencies.support.actions import OpenCase
from haetae.agencies.support.proof.queries import public_key_text
from haetae.common.manifests import manifest
from haetae.web.portal.export.as_json import case_json, events_jsonl, head_json
from haetae.web.portal.export.as_text import case_text
from haetae.web.portal.export.gathering import gather
from haetae.web.portal.mine.lines import exact
from haetae.web.words.telling import AGES, CIRCUMSTANCES, RELATIONS

MANIFEST: Final = "manifest-sha256.txt"


def files_of(opened: OpenCase) -> dict[str, bytes]:
    """Names and contents, in the language that is in force. Raises WrongKeyError."""
    copy = gather(opened)
    case = copy.case
    shown = {
        "case": case,
        "made": exact(copy.made_at),
        "received": exact(case.opened_at),
        "relation": RELATIONS[case.relation],
        "age": AGES[case.age],
        "circumstances": [CIRCUMSTANCES[code] for code in case.circumstances],
        "texts": [{"when": exact(said.at), "text": said.text} for said in copy.texts],
        "messages": [
            {"when": exact(one.at), "is_mine": one.sender == "person", "text": one.text}
            for one in copy.messages
        ],
        "links": [{"when": exact(report.received_at), "link": report.link} for report in copy.links],
        "codes": copy.codes,
        "found": copy.found,
        "places": copy.places,
    }
    files = {
        "README.txt": render_to_string("portal/export/readme.txt"),
        "case.html": render_to_string("portal/export/case.html", shown),
        "proof.json": copy.proof.proof,
        "only-for-those-you-tell.json": copy.proof.opening,
        "public-key.pem": public_key_text(),
    }
    content = {name: text.encode() for name, text in files.items()}
    content |= {
        "case.txt": case_text(shown),
        "case.json": case_json(copy),
        "events.jsonl": events_jsonl(copy),
        "log-head.json": head_json(),
    }
    content[MANIFEST] = manifest(content)
    return content
