from django.apps import AppConfig


class SubscribersConfig(AppConfig):
    name = "haetae.agencies.investigation.subscribers"
    label = "subscribers"
