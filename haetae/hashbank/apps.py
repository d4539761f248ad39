from django.apps import AppConfig


class HashbankConfig(AppConfig):
    name = "haetae.hashbank"
    label = "hashbank"
