import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('onboarding', '0001_initial'),
        ('onboarding', '0002_one_of_a_name'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('origin', models.CharField(max_length=255)),
                ('kind', models.CharField(choices=[('platform', 'Platform'), ('host', 'Host'), ('cdn', 'Cdn'), ('search', 'Search'), ('access_provider', 'Access Provider')], max_length=16)),
                ('country', models.CharField(help_text='id of a law pack, or `other`', max_length=8)),
                ('zone', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=8)),
                ('mailbox', models.CharField(blank=True, help_text='of its desk; emptied when it comes to nothing', max_length=254)),
                ('way', models.CharField(choices=[('webhook', 'webhook'), ('mail', 'mail'), ('polling', 'polling'), ('desk', 'desk')], max_length=8)),
                ('endpoint', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('applied', 'applied'), ('not_proven', 'not_proven'), ('proven', 'proven'), ('approved_once', 'approved_once'), ('approved', 'approved'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='applied', max_length=16)),
                ('found', models.CharField(blank=True, help_text='what the last look at the origin showed, as a code', max_length=64)),
                ('look_asked_at', models.DateTimeField(null=True)),
                ('looked_at', models.DateTimeField(null=True)),
                ('why_declined', models.CharField(blank=True, choices=[('private_chats', 'private_chats'), ('no_operator', 'no_operator'), ('who_is_unclear', 'who_is_unclear'), ('double', 'double')], max_length=16)),
                ('applied_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('administrator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('declined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-applied_at'], name='application_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'not_proven', 'proven', 'approved_once', 'approved', 'declined', 'withdrawn'])), name='application_state_is_known'), models.CheckConstraint(condition=models.Q(('way__in', ['webhook', 'mail', 'polling', 'desk'])), name='application_way_is_known'), models.CheckConstraint(condition=models.Q(('second_by', None), models.Q(('first_by__isnull', False), models.Q(('second_by', models.F('first_by')), _negated=True)), _connector='OR'), name='application_needs_two_officials'), models.CheckConstraint(condition=models.Q(models.Q(('operator__isnull', False), ('second_by__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('administrator', None), ('operator', None), ('second_by', None)), _connector='OR'), name='application_is_approved_by_two'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved_once'), _negated=True), ('first_by__isnull', False), _connector='OR'), name='application_first_approval_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), ('why_declined__in', ['private_chats', 'no_operator', 'who_is_unclear', 'double'])), models.Q(models.Q(('state', 'declined'), _negated=True), ('why_declined', '')), _connector='OR'), name='application_declined_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'withdrawn']), _negated=True), models.Q(('endpoint', ''), ('mailbox', '')), _connector='OR'), name='application_ended_keeps_no_mailbox'), models.UniqueConstraint(condition=models.Q(('state__in', ['approved_once', 'proven'])), fields=('origin',), name='one_proven_application_for_an_origin'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('name',), name='one_approved_application_of_a_name')],
            },
        ),
    ]
