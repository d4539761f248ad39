from django.apps import AppConfig


class ArrivalConfig(AppConfig):
    name = "haetae.flow.arrival"
    label = "arrival"
