from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "haetae.flow"
    label = "flow"
