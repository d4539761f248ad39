from django.apps import AppConfig


class DesignationConfig(AppConfig):
    name = "haetae.agencies.enforcement.designation"
    label = "designation"
