from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps requests waiting."""

    atomic = False

    dependencies = [
        ('removal', '0003_operators_of_old_requests'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='deletionrequest',
            index=models.Index(fields=['operator', 'state', 'changed_at', 'id'], name='request_of_operator'),
        ),
    ]
