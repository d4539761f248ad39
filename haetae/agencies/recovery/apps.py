from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    name = "haetae.agencies.recovery"
    label = "recovery"
