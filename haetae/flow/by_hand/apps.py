from django.apps import AppConfig


class ByHandConfig(AppConfig):
    name = "haetae.flow.by_hand"
    label = "by_hand"
