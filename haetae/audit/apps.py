from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "haetae.audit"
    label = "audit"
