from django.apps import AppConfig
from django.conf import settings

from haetae.flow.ends import ENDS
from haetae.law.packs import load_pack


class FlowConfig(AppConfig):
    name = "haetae.flow"
    label = "flow"

    def ready(self) -> None:
        """A jurisdiction without a pack stops the start, not the work of the night."""
        load_pack(settings.JURISDICTION)
        # Only now, because it needs the models to be loaded.
        from haetae.audit.actions import nothing_follows  # noqa: PLC0415

        nothing_follows(ENDS)
