from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps decisions waiting."""

    atomic = False

    dependencies = [
        ('tasks', '0003_second_looks'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='task',
            index=models.Index(condition=models.Q(('kind', 'judge'), ('state', 'done')), fields=['ended_at'], name='task_judged_by_end'),
        ),
    ]
