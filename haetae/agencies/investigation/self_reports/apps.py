from django.apps import AppConfig


class SelfReportsConfig(AppConfig):
    name = "haetae.agencies.investigation.self_reports"
    label = "self_reports"
