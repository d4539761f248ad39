from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "haetae.agencies.statistics"
    label = "statistics"
