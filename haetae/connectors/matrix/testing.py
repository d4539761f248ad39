"""The self-test of a homeserver: both accounts, and that the one that looks has no more rights than anybody."""

from collections.abc import Callable, Sequence
from typing import Final

from haetae.connectors.base import Check, ConnectorError
from haetae.connectors.matrix.holding import whoami
from haetae.connectors.matrix.homeserver import Homeserver

_FOR_ADMINISTRATORS: Final = "/_synapse/admin/v1/event_reports?limit=1"


def checks_of(server: Homeserver) -> Sequence[Check]:
    """Nothing is changed by it and nobody is asked for anything. Never raises."""
    tests: dict[str, Callable[[Homeserver], tuple[bool, str]]] = {
        "homeserver": _answers,
        "admin_token": _administers,
        "probe_token": _looks,
        "probe_is_ordinary": _is_ordinary,
    }
    return [_tried(code, test, server) for code, test in tests.items()]


def _tried(code: str, test: Callable[[Homeserver], tuple[bool, str]], server: Homeserver) -> Check:
    try:
        passed, words = test(server)
    except ConnectorError as failure:
        return Check(code=code, passed=False, words=str(failure))
    return Check(code=code, passed=passed, words=words)


def _answers(server: Homeserver) -> tuple[bool, str]:
    status = server.as_anybody("GET", "/_matrix/client/versions").status
    return status == 200, f"It answers {status}."


def _administers(server: Homeserver) -> tuple[bool, str]:
    server.as_admin("GET", _FOR_ADMINISTRATORS)
    return True, "The first token opens the administration."


def _looks(server: Homeserver) -> tuple[bool, str]:
    home = whoami(server, as_admin=False).partition(":")[2]
    if home != server.access.server_name:
        return False, "The second token is no account of the server that the token file names."
    return True, "The second token is an account of this homeserver."


def _is_ordinary(server: Homeserver) -> tuple[bool, str]:
    status = server.as_anybody("GET", _FOR_ADMINISTRATORS).status
    if status == 403:
        return True, "Whoever looks has no more rights than anybody."
    return False, "The account that looks may administer: what it sees is not what everybody sees."
