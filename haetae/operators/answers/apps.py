from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "haetae.operators.answers"
    label = "answers"
