from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "haetae.operators.appeals"
    label = "appeals"
