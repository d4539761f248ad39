"""How a month stands in an address: YYYY-MM, and nothing that is no month."""

from django.urls import register_converter


class MonthConverter:
    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(MonthConverter, "month")
