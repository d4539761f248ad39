from django.apps import AppConfig
from django.conf import settings

from haetae.law.packs import load_pack


class FlowConfig(AppConfig):
    name = "haetae.flow"
    label = "flow"

    def ready(self) -> None:
        """A jurisdiction without a pack stops the start, not the work of the night."""
        load_pack(settings.JURISDICTION)
