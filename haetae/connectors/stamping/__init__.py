"""Authorities of time stamps (RFC 3161 over HTTP): asked by jobs, believed only when the answer proves itself."""

from haetae.connectors.stamping.authority import Stamped, stamped

__all__ = ["Stamped", "stamped"]
