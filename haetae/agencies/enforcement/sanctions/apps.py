from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "haetae.agencies.enforcement.sanctions"
    label = "sanctions"
