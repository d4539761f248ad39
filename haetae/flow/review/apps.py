from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "haetae.flow.review"
    label = "review"
