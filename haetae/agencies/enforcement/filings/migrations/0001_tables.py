import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('filings', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ExpectedReport',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('expected', 'expected'), ('missing', 'missing'), ('filed', 'filed')], default='expected', max_length=8)),
                ('due_at', models.DateTimeField()),
                ('expected_at', models.DateTimeField()),
                ('filed_at', models.DateTimeField(help_text='when the first version came', null=True)),
                ('expected_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expected_reports', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['expected', 'missing', 'filed'])), name='expected_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('filed_at__isnull', False), ('state', 'filed')), models.Q(models.Q(('state', 'filed'), _negated=True), ('filed_at__isnull', True)), _connector='OR'), name='filed_says_when'), models.UniqueConstraint(fields=('operator', 'year'), name='one_report_expected_a_year')],
            },
        ),
        migrations.CreateModel(
            name='OperatorFact',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('revenue', 'revenue'), ('daily_users', 'daily_users'), ('service', 'service'), ('prevention_officer', 'prevention_officer'), ('youth_officer', 'youth_officer'), ('domestic_agent', 'domestic_agent'), ('hotline', 'hotline'), ('public_report', 'public_report')], max_length=20)),
                ('detail', models.CharField(blank=True, help_text='year of a revenue, or kind of a service', max_length=16)),
                ('number', models.BigIntegerField(null=True)),
                ('text', haetae.common.sealed.SealedTextField(default='', help_text='who, or where')),
                ('origin', models.CharField(choices=[('own_word', 'own_word'), ('finding', 'finding')], max_length=8)),
                ('verified', models.BooleanField(default=False, help_text='an official saw what it rests on')),
                ('since', models.DateField()),
                ('until', models.DateField(help_text='last day, or empty while it lasts', null=True)),
                ('source', haetae.common.sealed.SealedTextField(help_text='where it was read, or who said so')),
                ('entered_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(help_text='it was never right, or a correction took its place', null=True)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='fact_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('verified', False), ('origin', 'finding'), _connector='OR'), name='only_a_finding_is_verified'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['revenue', 'daily_users']), ('number__isnull', False)), models.Q(models.Q(('kind__in', ['revenue', 'daily_users']), _negated=True), ('number__isnull', True)), _connector='OR'), name='fact_is_a_number_or_a_text'), models.UniqueConstraint(condition=models.Q(('until__isnull', True), ('withdrawn_at__isnull', True)), fields=('operator', 'kind', 'detail', 'origin'), name='one_lasting_fact_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='TransparencyReport',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('sent', 'sent'), ('returned', 'returned'), ('accepted', 'accepted'), ('published', 'published'), ('superseded', 'superseded')], default='draft', max_length=12)),
                ('way', models.CharField(choices=[('desk', 'desk'), ('letter', 'letter')], max_length=8)),
                ('received', models.PositiveIntegerField(help_text='reports and requests that it got in the year', null=True)),
                ('removed', models.PositiveIntegerField(help_text='of these, deleted or no longer reachable', null=True)),
                ('efforts', haetae.common.sealed.SealedTextField(default='')),
                ('criteria', haetae.common.sealed.SealedTextField(default='', help_text='content, criteria and results, in words')),
                ('procedure', haetae.common.sealed.SealedTextField(default='')),
                ('officer', haetae.common.sealed.SealedTextField(default='')),
                ('training', haetae.common.sealed.SealedTextField(default='')),
                ('sent_at', models.DateTimeField(null=True)),
                ('why_returned', models.CharField(blank=True, choices=[('incomplete', 'incomplete'), ('numbers_unclear', 'numbers_unclear'), ('another_year', 'another_year')], max_length=16)),
                ('note', haetae.common.sealed.SealedTextField(default='', help_text='what the official writes to the operator')),
                ('our_asked', models.PositiveIntegerField(help_text='our own record on the day of acceptance', null=True)),
                ('our_verified', models.PositiveIntegerField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transparency_reports', to='accounts.operator')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'operator'], name='report_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sent', 'returned', 'accepted', 'published', 'superseded'])), name='report_state_is_known'), models.UniqueConstraint(fields=('operator', 'year', 'version'), name='one_report_a_version'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'sent'])), fields=('operator', 'year'), name='one_open_version_a_year'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('operator', 'year'), name='one_published_version_a_year'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('accepted_by__isnull', False), models.Q(('published_by', models.F('accepted_by')), _negated=True)), _connector='OR'), name='report_is_published_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('our_asked__isnull', False), ('our_verified__isnull', False), ('published_by__isnull', False)), _connector='OR'), name='published_is_signed_and_compared'), models.CheckConstraint(condition=models.Q(('state', 'returned'), ('why_returned', ''), _connector='XOR'), name='report_returned_says_why')],
            },
        ),
    ]
