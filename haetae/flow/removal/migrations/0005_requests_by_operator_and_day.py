from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, so that each try builds one index or none."""

    atomic = False

    dependencies = [
        ('removal', '0004_requests_by_operator'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='deletionrequest',
            index=models.Index(fields=['operator', 'requested_at'], name='request_of_operator_by_day'),
        ),
    ]
