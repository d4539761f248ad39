"""Rights of whoever is signed in, by the name under which the console's pages ask for them."""

from haetae.web.rights import may, official_of, roles_of

__all__ = ["may", "official_of", "roles_of"]
