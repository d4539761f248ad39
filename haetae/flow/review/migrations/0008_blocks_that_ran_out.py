from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, so that each try builds one index or none."""

    atomic = False

    dependencies = [
        ('review', '0007_waiting_by_place'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='provisionalblock',
            index=models.Index(condition=models.Q(('state', 'expired')), fields=['ends_at'], name='block_ran_out'),
        ),
    ]
