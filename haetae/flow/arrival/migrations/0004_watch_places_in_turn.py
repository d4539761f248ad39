from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps visits waiting."""

    atomic = False

    dependencies = [
        ('arrival', '0003_reports_not_found'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='watchplace',
            index=models.Index(condition=models.Q(('gone_at__isnull', True)), fields=['watch_list', 'rank', 'due_at', 'id'], name='watch_place_in_turn'),
        ),
    ]
