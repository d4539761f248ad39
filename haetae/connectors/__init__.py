"""How operators are reached: one folder each. Only jobs call these, never inside a transaction."""

from haetae.connectors.registry import WAYS, connector_for, operator_for

CONNECTORS = tuple(WAYS)

__all__ = ["CONNECTORS", "connector_for", "operator_for"]
