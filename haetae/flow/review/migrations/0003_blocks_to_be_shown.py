from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps decisions waiting."""

    atomic = False

    dependencies = [
        ('review', '0002_second_looks'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='provisionalblock',
            index=models.Index(condition=models.Q(('state__in', ['lifting', 'not_back'])), fields=['sighting'], name='block_to_be_shown'),
        ),
    ]
