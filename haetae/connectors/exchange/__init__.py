"""Reading other people's hash lists, by the two wires of the field. Only jobs call these, never in a transaction."""

from haetae.connectors.exchange.client import Client
from haetae.connectors.exchange.ncmec import NcmecClient
from haetae.connectors.exchange.stopncii import StopNciiClient

CLIENTS: dict[str, type[Client]] = {client.wire: client for client in (StopNciiClient, NcmecClient)}


def client_for(*, wire: str, base: str, secret: str) -> Client:
    """The client of this wire, for the list at `base`, with what `secret` opens."""
    return CLIENTS[wire](base=base, secret=secret)
