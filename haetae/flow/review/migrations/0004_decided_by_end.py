from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps decisions waiting."""

    atomic = False

    dependencies = [
        ('review', '0003_blocks_to_be_shown'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='review',
            index=models.Index(condition=models.Q(('state__in', ['block_access', 'not_harmful', 'remove'])), fields=['changed_at'], name='review_decided_by_end'),
        ),
    ]
