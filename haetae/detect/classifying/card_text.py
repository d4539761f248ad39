"""A card as a person reads it. Apart from the card itself, so that training needs nothing of what checks one."""

import json
import re
from collections.abc import Mapping
from typing import Any


def readable(card: Mapping[str, Any]) -> str:
    """As JSON with a knot on each line."""
    text = json.dumps(card, indent=2, ensure_ascii=False)
    return re.sub(r"\[\s+(-?[\d.e-]+),\s+(-?[\d.e-]+)\s+\]", r"[\1, \2]", text) + "\n"
