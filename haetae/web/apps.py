from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "haetae.web"
    label = "web"
