from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "haetae.agencies.support"
    label = "support"
