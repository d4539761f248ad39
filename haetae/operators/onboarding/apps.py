from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "haetae.operators.onboarding"
    label = "onboarding"
