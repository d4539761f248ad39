"""How operators are reached: one folder each. Only jobs call these, never inside a transaction."""

from haetae.accounts.models import Operator
from haetae.connectors.base import Connector
from haetae.connectors.sandbox.connector import SandboxConnector
from haetae.connectors.web_page.connector import WebPageConnector

CONNECTORS = (SandboxConnector.name, WebPageConnector.name)


def connector_for(operator: Operator | None) -> Connector:
    """The way to this operator; a plain public page when nobody is registered for the address."""
    if operator is not None and operator.connector == SandboxConnector.name:
        return SandboxConnector(operator=operator)
    return WebPageConnector()
