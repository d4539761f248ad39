from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "haetae.agencies.exports"
    label = "exports"
