from django.apps import AppConfig


class CanariesConfig(AppConfig):
    name = "haetae.agencies.canaries"
    label = "canaries"
