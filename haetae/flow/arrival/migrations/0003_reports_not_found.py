from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps reports waiting."""

    atomic = False

    dependencies = [
        ('arrival', '0002_behind_others'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='report',
            index=models.Index(condition=models.Q(('state', 'not_found'), ('withdrawn_at', None)), fields=['-received_at'], name='report_not_found_by_day'),
        ),
    ]
