from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Without a lock that keeps whatever is being said waiting."""

    atomic = False

    dependencies = [
        ('delivery', '0003_when_the_old_were_said'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(fields=['operator', 'said_at', 'id'], name='delivery_to_operator_in_turn'),
        ),
    ]
