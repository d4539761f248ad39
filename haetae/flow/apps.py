from django.apps import AppConfig
from django.conf import settings

from haetae.law.packs import load_pack


class FlowConfig(AppConfig):
    name = "haetae.flow"
    label = "flow"

    def ready(self) -> None:
        """A jurisdiction without a pack stops the start, not the work of the night."""
        load_pack(settings.JURISDICTION)
        # Only now, because these need the models to be loaded.
        from haetae.audit.actions import nothing_follows  # noqa: PLC0415
        from haetae.flow.next_step import ENDS  # noqa: PLC0415

        nothing_follows(ENDS)
