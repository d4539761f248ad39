import django.db.models.deletion
import haetae.agencies.investigation.undercover.states
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('undercover', '0001_undercover'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UndercoverOperation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('undisclosed', 'undisclosed'), ('assumed', 'assumed')], max_length=12)),
                ('victim', models.CharField(choices=[('adult', 'adult'), ('under_19', 'under_19')], max_length=8)),
                ('rule', models.CharField(help_text='id in the jurisdiction pack', max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('urgent', 'urgent'), ('running', 'running'), ('ended', 'ended'), ('never_begun', 'never_begun')], default='waiting', max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('urgent_until', models.DateTimeField(null=True)),
                ('longest_until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('why_ended', models.CharField(blank=True, choices=[('purpose_reached', 'purpose_reached'), ('period_over', 'period_over'), ('not_permitted_in_time', 'not_permitted_in_time'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('given_up', 'given_up')], max_length=24)),
                ('changed_at', models.DateTimeField()),
                ('ended_by', models.ForeignKey(help_text='empty: by itself', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UndercoverApplication',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('applied', 'applied'), ('petitioned', 'petitioned'), ('returned', 'returned'), ('granted', 'granted'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default='applied', max_length=12)),
                ('acts', models.JSONField()),
                ('until', models.DateTimeField(help_text='asked for until then')),
                ('words', models.BinaryField(help_text='JSON, sealed under the key of the file')),
                ('applied_at', models.DateTimeField()),
                ('petitioned_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('note', models.BinaryField(default=b'', help_text='why it came back or was refused; sealed')),
                ('changed_at', models.DateTimeField()),
                ('applied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('petitioned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='undercover.undercoveroperation')),
            ],
        ),
        migrations.CreateModel(
            name='ScopeItem',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('target', 'target'), ('place', 'place'), ('method', 'method')], max_length=8)),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.BinaryField(help_text='sealed under the key of the file')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='undercover.undercoveroperation')),
            ],
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('acts', models.JSONField()),
                ('items', models.JSONField(help_text='ids of the scope items that it names')),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('words', models.BinaryField(help_text='JSON: purpose and scope in words; sealed')),
                ('granted_at', models.DateTimeField()),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='permit', to='undercover.undercoverapplication')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='undercover.undercoveroperation')),
            ],
        ),
        migrations.CreateModel(
            name='EndReport',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('words', models.BinaryField(help_text='JSON: the reason and a summary; sealed')),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='undercover.undercoveroperation')),
            ],
        ),
        migrations.CreateModel(
            name='VictimConsent',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('acts', models.JSONField()),
                ('words', models.BinaryField(help_text='JSON: whose, of what, what was explained; sealed')),
                ('explained_at', models.DateTimeField()),
                ('given_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(help_text='when they were told, at the end, what was done with it', null=True)),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='undercover.undercoveroperation')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UndercoverAct',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('approach', 'approach'), ('observe', 'observe'), ('not_disclose', 'not_disclose'), ('buy', 'buy'), ('receive', 'receive'), ('use_papers', 'use_papers'), ('contract', 'contract'), ('possess', 'possess'), ('provide', 'provide'), ('sell', 'sell'), ('advertise', 'advertise')], max_length=16)),
                ('material', models.CharField(choices=[('none', 'none'), ('nobody', 'nobody'), ('adult', 'adult'), ('under_19', 'under_19'), ('infirm', 'infirm'), ('unknown', 'unknown')], max_length=8)),
                ('code', models.CharField(blank=True, help_text='why it was refused; empty: it was lawful', max_length=40)),
                ('words', models.BinaryField(help_text='JSON: what, and on what the intent rests; sealed')),
                ('at', models.DateTimeField()),
                ('method', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='undercover.scopeitem')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='undercover.scopeitem')),
                ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='undercover.scopeitem')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='undercover.undercoveroperation')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='undercover.victimconsent')),
            ],
        ),
        migrations.AddConstraint(
            model_name='undercoveroperation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'urgent', 'running', 'ended', 'never_begun'])), name='undercover_operation_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='undercoveroperation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ended']), ('ended_at__isnull', False), models.Q(('why_ended', ''), _negated=True)), models.Q(models.Q(('state__in', ['ended']), _negated=True), ('ended_at__isnull', True), ('why_ended', '')), _connector='OR'), name='undercover_operation_ends_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='undercoveroperation',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__lte', models.F('longest_until')), _connector='OR'), name='undercover_operation_never_beyond_its_longest'),
        ),
        migrations.AddConstraint(
            model_name='undercoverapplication',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'petitioned', 'returned', 'granted', 'refused', 'withdrawn', 'lapsed'])), name='undercover_application_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='undercoverapplication',
            constraint=models.UniqueConstraint(fields=('operation', 'number'), name='undercover_application_number_once'),
        ),
        migrations.AddConstraint(
            model_name='undercoverapplication',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', [haetae.agencies.investigation.undercover.states.Paper['APPLIED'], haetae.agencies.investigation.undercover.states.Paper['PETITIONED'], haetae.agencies.investigation.undercover.states.Paper['RETURNED']])), fields=('operation',), name='one_undercover_application_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='undercoverapplication',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('applied_by')), _negated=True), _connector='OR'), name='who_applied_does_not_decide'),
        ),
        migrations.AddConstraint(
            model_name='undercoverapplication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('petitioned_by__isnull', True), models.Q(('decided_by', models.F('petitioned_by')), _negated=True), _connector='OR'), name='who_petitioned_does_not_permit'),
        ),
        migrations.AddConstraint(
            model_name='scopeitem',
            constraint=models.UniqueConstraint(fields=('operation', 'what', 'position'), name='scope_item_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='permit_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='victimconsent',
            constraint=models.CheckConstraint(condition=models.Q(('given_at__gte', models.F('explained_at'))), name='consent_comes_after_the_explanation'),
        ),
        migrations.AddIndex(
            model_name='undercoveract',
            index=models.Index(fields=['operation', 'at'], name='undercover_act_by_time'),
        ),
    ]
