import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('self_reports', '0001_self_reports'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SelfReport',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('receipt', models.CharField(help_text='a number to keep; it opens nothing', max_length=24, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('taken', 'taken'), ('filed', 'filed'), ('closed', 'closed')], default='waiting', max_length=8)),
                ('came_by', models.CharField(choices=[('portal', 'portal'), ('desk', 'desk')], max_length=8)),
                ('age', models.CharField(choices=[('under_14', 'under_14'), ('under_19', 'under_19'), ('adult', 'adult'), ('unsaid', 'unsaid')], default='unsaid', max_length=10)),
                ('told', models.BinaryField(help_text='sealed under the key of the report')),
                ('contact', models.BinaryField(help_text='how to reach them, if they said so; sealed likewise', null=True)),
                ('key_for_custodian', models.BinaryField()),
                ('made_at', models.DateTimeField(db_index=True)),
                ('form_key', models.UUIDField(help_text='the same form sent twice is one report', unique=True)),
                ('why_closed', models.CharField(blank=True, choices=[('other_offence', 'other_offence'), ('no_offence', 'no_offence'), ('not_serious', 'not_serious'), ('twice', 'twice')], max_length=16)),
                ('changed_at', models.DateTimeField()),
                ('investigation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='self_reports', to='investigations.investigation')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'taken', 'filed', 'closed'])), name='self_report_state_is_known'), models.CheckConstraint(condition=models.Q(('age__in', ['under_14', 'under_19', 'adult', 'unsaid'])), name='self_report_age_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('came_by', 'portal'), ('noted_by__isnull', True)), models.Q(('came_by', 'desk'), ('noted_by__isnull', False)), _connector='OR'), name='self_report_at_a_desk_was_noted_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), ('taken_by__isnull', True)), models.Q(models.Q(('state', 'waiting'), _negated=True), ('taken_by__isnull', False)), _connector='OR'), name='self_report_is_with_somebody_or_waits'), models.CheckConstraint(condition=models.Q(('state', 'filed'), ('investigation__isnull', True), _connector='XOR'), name='self_report_that_is_filed_has_a_file'), models.CheckConstraint(condition=models.Q(('state', 'closed'), ('why_closed', ''), _connector='XOR'), name='self_report_closed_says_why')],
            },
        ),
    ]
