from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "haetae.flow.tasks"
    label = "tasks"
