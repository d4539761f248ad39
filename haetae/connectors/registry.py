"""Every way there is to an operator, by the name that its registration carries."""

from collections.abc import Mapping
from typing import Final

from haetae.accounts.models import Operator
from haetae.accounts.queries import operator_at
from haetae.connectors.access_provider.connector import AccessProviderConnector
from haetae.connectors.base import Connector
from haetae.connectors.cloudflare.connector import CloudflareConnector
from haetae.connectors.email.connector import EmailConnector
from haetae.connectors.matrix.connector import MatrixConnector
from haetae.connectors.matrix.links import operator_named_in
from haetae.connectors.polling.connector import PollingConnector
from haetae.connectors.sandbox.connector import SandboxConnector
from haetae.connectors.search_index.connector import SearchIndexConnector
from haetae.connectors.web_page.connector import WebPageConnector
from haetae.connectors.webhook.connector import WebhookConnector
from haetae.connectors.xarf.connector import XarfConnector

WAYS: Final[Mapping[str, type[WebPageConnector]]] = {
    way.name: way
    for way in (
        AccessProviderConnector,
        CloudflareConnector,
        EmailConnector,
        MatrixConnector,
        PollingConnector,
        SandboxConnector,
        SearchIndexConnector,
        WebPageConnector,
        WebhookConnector,
        XarfConnector,
    )
}


def connector_for(operator: Operator | None) -> Connector:
    """The way to this operator; a plain public page when nobody is registered for the address."""
    if operator is None:
        return WebPageConnector()
    return WAYS.get(operator.connector, WebPageConnector)(operator=operator)


def operator_for(link: str) -> Operator | None:
    """Whose place a reported link points to: by its origin, or by what it names where its origin is nobody's."""
    return operator_at(link) or operator_named_in(link)
