"""`haetae fetch`: open one address through the safe door and tell the facts, never the body."""

import json
from typing import Annotated, Any

import typer

PASSES, REFUSED, FAILED = 0, 3, 4


def fetch(
    url: Annotated[str, typer.Argument(help="The address to open, beginning with https:// or http://.")],
    *,
    check_only: Annotated[
        bool,
        typer.Option(
            "--check-only", help="Judge the address and what its name resolves to; connect to nothing."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Open a public address safely. Exit 0: the facts; 3: refused by rule; 4: network failure."""
    code, facts = _checked(url) if check_only else _fetched(url)
    typer.echo(json.dumps(facts, ensure_ascii=False) if as_json else _readable(facts))
    raise typer.Exit(code)


def _checked(url: str) -> tuple[int, dict[str, Any]]:
    from haetae.common.outbound import RefusedByRule, check

    try:
        checked = check(url)
    except RefusedByRule as refusal:
        return REFUSED, _refusal(refusal.code, refusal.words)
    if checked.addresses is None:
        words = (
            "The address itself passes. Its name cannot be resolved now;"
            " the resolved addresses will be judged at the moment of connecting."
        )
    else:
        words = "The address passes."
    resolved = None if checked.addresses is None else [str(address) for address in checked.addresses]
    return PASSES, {
        "outcome": "passes",
        "words": words,
        "address": checked.target.url,
        "resolves_to": resolved,
    }


def _fetched(url: str) -> tuple[int, dict[str, Any]]:
    from hashlib import sha256

    from haetae.common.outbound import NetworkFailure, RefusedByRule
    from haetae.common.outbound import fetch as open_address

    try:
        fetched = open_address(url)
    except RefusedByRule as refusal:
        return REFUSED, _refusal(refusal.code, refusal.words)
    except NetworkFailure as failure:
        facts = {"outcome": "failed", "code": failure.code.value, "words": failure.words}
        return FAILED, facts | {"sent": failure.sent, "status": failure.status}
    return PASSES, {
        "outcome": "fetched",
        "status": fetched.status,
        "address": fetched.url,
        "hops": [{"address": hop.url, "peer": hop.peer, "status": hop.status} for hop in fetched.hops],
        "peer": fetched.peer,
        "media_type_declared": fetched.headers.get("content-type"),
        "bytes": len(fetched.body),
        "sha256": sha256(fetched.body).hexdigest(),
        "duration_s": round(fetched.duration_s, 3),
    }


def _refusal(code: str, words: str) -> dict[str, Any]:
    return {"outcome": "refused", "code": str(code), "words": words}


def _readable(facts: dict[str, Any]) -> str:
    return "\n".join(f"{name.replace('_', ' ')}: {_one_line(value)}" for name, value in facts.items())


def _one_line(value: Any) -> str:
    """Word a value so that nothing a server sent can move the cursor or colour the terminal."""
    if isinstance(value, list):
        return " -> ".join(_one_line(part) for part in value) or "none"
    if isinstance(value, dict):
        return " ".join(_one_line(part) for part in value.values())
    text = "unknown" if value is None else str(value)
    return "".join(character if character.isprintable() else "?" for character in text)
