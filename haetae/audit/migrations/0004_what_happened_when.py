from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody who writes an event waits for it."""

    atomic = False

    dependencies = [
        ('audit', '0003_key_succession'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(fields=['name', 'at'], name='event_by_name_and_time'),
        ),
    ]
