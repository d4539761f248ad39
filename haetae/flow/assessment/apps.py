from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "haetae.flow.assessment"
    label = "assessment"
