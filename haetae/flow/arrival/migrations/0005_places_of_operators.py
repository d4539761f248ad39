from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps whoever reports waiting."""

    atomic = False

    dependencies = [
        ('arrival', '0004_watch_places_in_turn'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='sighting',
            index=models.Index(fields=['operator', '-found_at', '-id'], name='sighting_of_operator_by_day'),
        ),
    ]
