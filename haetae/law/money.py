"""A sum of money as the law names it: "KRW 50000000" in a pack."""

import re
from dataclasses import dataclass
from typing import Final

_SUM: Final = re.compile(r"(?P<currency>[A-Z]{3}) (?P<amount>[1-9][0-9]{0,14})")


class MoneyError(ValueError):
    """A sum of money is not written in the form that this module reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Whole units of a currency, by its ISO 4217 code."""

    amount: int
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {self.amount:,}"


def parse_money(text: str) -> Money:
    match = _SUM.fullmatch(text)
    if match is None:
        raise MoneyError(f"{text!r} is no sum of money; write it like 'KRW 50000000'.")
    return Money(amount=int(match["amount"]), currency=match["currency"])
