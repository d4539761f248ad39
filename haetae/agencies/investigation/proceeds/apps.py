from django.apps import AppConfig


class ProceedsConfig(AppConfig):
    name = "haetae.agencies.investigation.proceeds"
    label = "proceeds"
