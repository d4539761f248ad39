"""Names for things: random where nobody may guess, derived where the same thing must get the same name twice."""

from uuid import UUID, uuid4, uuid5

# Drawn once for this project; changing it would give every logical request a second name.
_NAMESPACE = UUID("6f0c2a52-3d1f-4c41-9a3b-8f2f3f7d9b10")


def new_id() -> UUID:
    """A random identifier (122 bits)."""
    return uuid4()


def derived_id(*parts: str | int | UUID) -> UUID:
    """The same parts always give the same identifier: the basis of every idempotency key."""
    return uuid5(_NAMESPACE, "\x1f".join(str(part) for part in parts))
