from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "haetae.agencies.education"
    label = "education"
