from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "haetae.flow.deadlines"
    label = "deadlines"
