"""Which registered homeserver a link is about that names a message and no address (matrix.to, matrix:, web clients)."""

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.common.keys import KeysUnavailableError, MissingKeyError
from haetae.connectors.base import NoChannelError
from haetae.connectors.matrix.access import read_access
from haetae.connectors.matrix.addresses import post_in


def operator_named_in(link: str) -> Operator | None:
    """The first one that the link names as a server where the message can be read."""
    try:
        post = post_in(link)
    except ValueError:  # no address at all
        return None
    if post is None:
        return None
    for operator in Operator.objects.filter(connector="matrix").order_by("name"):
        if _server_name_of(operator) in post.servers:
            return operator
    return None


def _server_name_of(operator: Operator) -> str | None:
    try:
        return read_access(settings.KEYS.read(operator.secret_name)).server_name
    except (NoChannelError, MissingKeyError, KeysUnavailableError):
        return None
