from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, so that each try builds one index or none."""

    atomic = False

    dependencies = [
        ('tasks', '0006_when_old_places_were_found'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='task',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['found_at', 'sighting_id'], name='task_waiting_by_place'),
        ),
    ]
