from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "haetae.flow.verification"
    label = "verification"
