from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "haetae.agencies.investigation.evidence"
    label = "evidence"
