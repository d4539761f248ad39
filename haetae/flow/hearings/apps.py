from django.apps import AppConfig


class HearingsConfig(AppConfig):
    name = "haetae.flow.hearings"
    label = "hearings"
