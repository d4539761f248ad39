import django.db.models.deletion
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('exports', '0001_initial'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordExport',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('sighting_id', models.UUIDField(db_index=True)),
                ('court_reference', haetae.common.sealed.SealedTextField()),
                ('reason', haetae.common.sealed.SealedTextField()),
                ('digest', models.CharField(help_text='SHA-256 of the file', max_length=64)),
                ('at', models.DateTimeField()),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
