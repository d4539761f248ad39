from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, so that each try builds one index or none."""

    atomic = False

    dependencies = [
        ('review', '0006_when_old_places_were_found'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(condition=models.Q(('state__in', ['late', 'open'])), fields=['found_at', 'sighting'], name='review_undecided_by_place'),
        ),
    ]
