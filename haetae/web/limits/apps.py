from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "haetae.web.limits"
    label = "limits"
