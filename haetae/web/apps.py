from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "haetae.web"
    label = "web"

    def ready(self) -> None:
        import_module("haetae.web.second_step")  # it listens to what allauth says
        import_module("haetae.web.published.addresses")  # it says what a month looks like in an address
