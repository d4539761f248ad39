"""How operators are reached: one folder each. Only jobs call these, never inside a transaction."""

from haetae.connectors.registry import WAYS, operator_for
from haetae.connectors.registry import way_to as connector_for

CONNECTORS = tuple(WAYS)

__all__ = ["CONNECTORS", "connector_for", "operator_for"]
