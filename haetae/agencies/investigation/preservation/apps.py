from django.apps import AppConfig


class PreservationConfig(AppConfig):
    name = "haetae.agencies.investigation.preservation"
    label = "preservation"
