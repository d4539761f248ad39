from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

_WORDS = "of the place, and never another: what is in one state is read in the order of finding"


def copy_from_the_places(apps: Any, _schema: Any) -> None:
    """What was there before gets it by one query."""
    places = apps.get_model("arrival", "Sighting").objects.filter(pk=OuterRef("sighting"))
    rows = apps.get_model("assessment", "Assessment").objects.all()
    rows.update(found_at=Subquery(places.values("found_at")[:1]))


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("arrival", "0006_page_digests_of_old"),
        ("assessment", "0005_by_file"),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="assessment", name="found_at", field=models.DateTimeField(null=True, help_text=_WORDS)
        ),
        migrations.RunPython(copy_from_the_places, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="assessment", name="found_at", field=models.DateTimeField(help_text=_WORDS)
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["state", "found_at", "sighting"], name="assessment_in_state_by_place"),
        ),
    ]
