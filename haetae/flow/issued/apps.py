from django.apps import AppConfig


class IssuedConfig(AppConfig):
    name = "haetae.flow.issued"
    label = "issued"
