from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "haetae.agencies.enforcement.filings"
    label = "filings"
