from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "haetae.operators.trials"
    label = "trials"
