from django.apps import AppConfig


class RemovalConfig(AppConfig):
    name = "haetae.flow.removal"
    label = "removal"
