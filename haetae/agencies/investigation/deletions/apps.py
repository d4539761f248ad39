from django.apps import AppConfig


class DeletionsConfig(AppConfig):
    name = "haetae.agencies.investigation.deletions"
    label = "deletions"
