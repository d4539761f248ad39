"""Every registered operator with the way to it: what that can carry, what it declares, and whether it works now."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from django.db import connection

from haetae.accounts.models import Operator
from haetae.accounts.queries import operators
from haetae.connectors.base import Check, DetectorDown
from haetae.connectors.registry import WAYS, connector_for

_AT_ONCE: Final = 8  # one that keeps us waiting must not hold up the others


def checked(*, name: str = "") -> list[dict[str, Any]]:
    """By name; of all, or of the one of this name. Nothing is asked of anybody, and nothing is written down."""
    chosen = [operator for operator in operators() if name in {"", operator.name}]
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as threads:
        results = list(threads.map(_tested, chosen))
    return [_account(operator, checks) for operator, checks in zip(chosen, results, strict=True)]


def _tested(operator: Operator) -> Sequence[Check]:
    if operator.connector not in WAYS:
        words = f"There is no way '{operator.connector}'; the ways are {', '.join(sorted(WAYS))}."
        return [Check(code="connector", passed=False, words=words)]
    try:
        return connector_for(operator).self_test()
    except Exception as fault:  # a self-test promises never to raise; one that does must not hide the others
        words = f"The self-test itself is at fault: {type(fault).__name__}."
        return [Check(code="self_test", passed=False, words=words)]
    finally:
        connection.close()  # that of this thread alone


def _account(operator: Operator, checks: Sequence[Check]) -> dict[str, Any]:
    way = WAYS.get(operator.connector)
    return {
        "name": operator.name,
        "kind": operator.kind,
        "jurisdiction": operator.jurisdiction,
        "zone": operator.zone,
        "connector": operator.connector,
        "capabilities": sorted(way.capabilities) if way else [],
        "detector_down": way.detector_down if way else DetectorDown.NOT_CONCERNED,
        "declared_when_down": operator.upload_check or None,
        "checks": [{"code": check.code, "passed": check.passed, "words": check.words} for check in checks],
        "passed": all(check.passed for check in checks),
    }
