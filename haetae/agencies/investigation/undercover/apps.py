from django.apps import AppConfig


class UndercoverConfig(AppConfig):
    name = "haetae.agencies.investigation.undercover"
    label = "undercover"
