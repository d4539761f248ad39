from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "haetae.flow.remedies"
    label = "remedies"
