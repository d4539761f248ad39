from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "haetae.agencies.looks"
    label = "looks"
