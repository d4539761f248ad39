import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('statistics', '0001_published_months'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedMonth',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('month', models.CharField(help_text='YYYY-MM where the officials are', max_length=7)),
                ('revision', models.PositiveSmallIntegerField(help_text='1, and one more with each correction')),
                ('reason', models.CharField(blank=True, choices=[('counted_wrong', 'counted_wrong'), ('operator_corrected', 'operator_corrected'), ('record_completed', 'record_completed')], max_length=20)),
                ('document', models.JSONField(help_text='tables.FORMAT, with everything hidden already')),
                ('operators', models.JSONField(default=dict, help_text='which operator each name in it was; not published')),
                ('digest', models.CharField(help_text="SHA-256 of the document's canonical form (RFC 8785)", max_length=64)),
                ('published_at', models.DateTimeField()),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('month', 'revision'), name='one_publication_a_revision'), models.CheckConstraint(condition=models.Q(('revision', 1), models.Q(('reason', ''), _negated=True), _connector='XOR'), name='a_correction_says_why')],
            },
        ),
    ]
