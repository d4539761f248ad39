import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nobody who writes an event waits for it."""

    atomic = False

    dependencies = [
        ('audit', '0006_one_index_each'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(django.db.models.fields.json.KT('facts__request'), condition=models.Q(('name', 'answers.taken')), name='event_taken_about_request'),
        ),
    ]
