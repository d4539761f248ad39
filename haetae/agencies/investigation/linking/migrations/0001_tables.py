import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('linking', '0001_linking'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkRead',
            fields=[
                ('id', models.UUIDField(editable=False, help_text='derived from officer, file and mark', primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('account', 'account'), ('channel', 'channel'), ('watermark', 'watermark')], max_length=12)),
                ('text', models.BinaryField(help_text='sealed under the key of the file')),
                ('service', models.BinaryField(help_text='of which service an account is; sealed likewise', null=True)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('added_at', models.DateTimeField()),
                ('out_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='investigations.investigation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['account', 'channel', 'watermark'])), name='identifier_kind_is_known'), models.UniqueConstraint(condition=models.Q(('out_at__isnull', True)), fields=('investigation', 'digest'), name='an_identifier_stands_once_in_a_file')],
            },
        ),
        migrations.CreateModel(
            name='PlaceOfFile',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('added_at', models.DateTimeField()),
                ('out_at', models.DateTimeField(help_text='empty while it belongs to the file', null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='investigations.investigation')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.sighting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('out_at__isnull', True)), fields=('investigation', 'sighting'), name='a_place_stands_once_in_a_file')],
            },
        ),
    ]
