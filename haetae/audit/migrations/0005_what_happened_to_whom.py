from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, so that each try builds one index or none."""

    atomic = False

    dependencies = [
        ('audit', '0004_what_happened_when'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(fields=['subject_id', 'name'], name='event_by_subject_and_name'),
        ),
    ]
