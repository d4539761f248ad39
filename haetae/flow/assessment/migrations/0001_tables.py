import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.fields.json
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('assessment', '0001_initial'),
        ('assessment', '0002_lineages'),
        ('assessment', '0003_by_signal'),
        ('assessment', '0004_who_is_depicted'),
        ('assessment', '0005_by_file'),
        ('assessment', '0006_found_at'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lineage',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('pdq', models.CharField(blank=True, max_length=64)),
                ('dhash', models.CharField(blank=True, max_length=64)),
                ('begun_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveIntegerField(help_text='1 for the first examination of this sighting')),
                ('state', models.CharField(choices=[('open', 'open'), ('request', 'request'), ('review', 'review'), ('nothing', 'nothing'), ('undetermined', 'undetermined')], default='open', max_length=12)),
                ('reported', models.BooleanField(help_text='whether a person had reported it when it was examined')),
                ('for_depicted', models.BooleanField(default=False, help_text='whether one of those who reported it did so by or for the person shown')),
                ('tries', models.PositiveIntegerField(default=0)),
                ('media', models.JSONField(default=dict)),
                ('fingerprints', models.JSONField(default=dict)),
                ('signals', models.JSONField(default=list)),
                ('reasons', models.JSONField(default=list, help_text='list of {code, facts}')),
                ('found_at', models.DateTimeField(help_text='of the place, and never another: what is in one state is read in the order of finding')),
                ('opened_at', models.DateTimeField()),
                ('examined_at', models.DateTimeField(null=True)),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='arrival.sighting')),
                ('lineage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='assessment.lineage')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['signals'], name='assessment_by_signal', opclasses=['jsonb_path_ops']), models.Index(django.db.models.fields.json.KeyTransform('sha256', 'fingerprints'), name='assessment_by_file'), models.Index(fields=['state', 'found_at', 'sighting'], name='assessment_in_state_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'request', 'review', 'nothing', 'undetermined'])), name='assessment_state_is_known'), models.UniqueConstraint(fields=('sighting', 'round'), name='one_assessment_a_round'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('sighting',), name='one_open_assessment_a_sighting')],
            },
        ),
    ]
