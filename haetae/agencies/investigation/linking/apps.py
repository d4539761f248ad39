from django.apps import AppConfig


class LinkingConfig(AppConfig):
    name = "haetae.agencies.investigation.linking"
    label = "linking"
