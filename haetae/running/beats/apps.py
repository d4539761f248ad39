from django.apps import AppConfig


class BeatsConfig(AppConfig):
    name = "haetae.running.beats"
    label = "beats"
