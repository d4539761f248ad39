from django.apps import AppConfig


class SecondLooksConfig(AppConfig):
    name = "haetae.agencies.second_looks"
    label = "second_looks"
