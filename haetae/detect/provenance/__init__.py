"""What a file says about its own making: evidence items, never a probability, and never a reason to act alone."""

from haetae.detect.provenance.evidence import Evidence, Kind, Says, Signature
from haetae.detect.provenance.items import items_of

__all__ = ["Evidence", "Kind", "Says", "Signature", "items_of"]
