import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('preservation', '0001_first'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Preservation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('platform', models.CharField(help_text='name of its host', max_length=120)),
                ('origin', models.CharField(choices=[('police', 'police'), ('urgent', 'urgent'), ('prosecutor', 'prosecutor')], max_length=12)),
                ('wanted', models.BinaryField(help_text='sealed under the key of the file')),
                ('why_refused', models.BinaryField(default=b'', help_text='sealed under the key of the file')),
                ('state', models.CharField(choices=[('applied', 'applied'), ('urgent', 'urgent'), ('approved', 'approved'), ('sent', 'sent'), ('kept', 'kept'), ('not_kept', 'not_kept'), ('refused', 'refused'), ('lapsed', 'lapsed'), ('over', 'over')], max_length=12)),
                ('applied_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('reported_at', models.DateTimeField(help_text='when the platform reported back', null=True)),
                ('keep_until', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('applied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'applied_at'], name='preservation_waiting'), models.Index(fields=['investigation', 'applied_at'], name='preservation_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'urgent', 'approved', 'sent', 'kept', 'not_kept', 'refused', 'lapsed', 'over'])), name='preservation_state_is_known'), models.CheckConstraint(condition=models.Q(('origin__in', ['police', 'urgent', 'prosecutor'])), name='preservation_origin_is_known'), models.CheckConstraint(condition=models.Q(('decided_by', None), ('origin', 'prosecutor'), models.Q(('decided_by', models.F('applied_by')), _negated=True), _connector='OR'), name='preservation_has_four_eyes'), models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'urgent', 'lapsed', 'over']), ('decided_by__isnull', False), _connector='OR'), name='preservation_stands_on_a_prosecutor')],
            },
        ),
    ]
