"""Comparing fingerprints with what is already known."""

from haetae.detect.matching.bank import Bank
from haetae.detect.matching.known import HashMatch, KnownHash, Tier

__all__ = ["Bank", "HashMatch", "KnownHash", "Tier"]
