import django.db.models.deletion
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('referrals', '0001_initial'),
        ('referrals', '0002_between_agencies'),
        ('referrals', '0003_to_the_support_centre'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('arrival', '0001_tables'),
        ('support', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('sender', models.CharField(choices=[('support_centre', 'support_centre'), ('police', 'police'), ('reviewer', 'reviewer'), ('regulator', 'regulator'), ('prosecutor', 'prosecutor')], default='support_centre', max_length=16)),
                ('to', models.CharField(choices=[('police', 'police'), ('lawyer', 'lawyer'), ('regional_centre', 'regional_centre'), ('reviewer', 'reviewer'), ('regulator', 'regulator'), ('support_centre', 'support_centre')], max_length=16)),
                ('basis', models.CharField(choices=[('consent', 'consent'), ('ex_officio', 'ex_officio'), ('law', 'law')], max_length=12)),
                ('consent', models.UUIDField(help_text='the consent it rests on, where it rests on one', null=True)),
                ('ground', models.CharField(blank=True, help_text='id in the pack, where it rests on an article', max_length=32)),
                ('package', models.BinaryField(default=b'', help_text='of a case: sealed under the key of the case')),
                ('note', haetae.common.sealed.SealedTextField(default='', help_text='of anything else: what the sender wrote')),
                ('state', models.CharField(choices=[('sent', 'sent'), ('overdue', 'overdue'), ('accepted', 'accepted'), ('returned', 'returned'), ('called_back', 'called_back')], default='sent', max_length=12)),
                ('why_returned', models.CharField(blank=True, choices=[('not_competent', 'not_competent'), ('no_capacity', 'no_capacity'), ('more_needed', 'more_needed'), ('person_not_reached', 'person_not_reached')], max_length=20)),
                ('sent_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='support.case')),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='accounts.operator')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sighting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='arrival.sighting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['sent', 'overdue', 'accepted', 'returned', 'called_back'])), name='referral_state_is_known'), models.CheckConstraint(condition=models.Q(('to__in', ['police', 'lawyer', 'regional_centre', 'reviewer', 'regulator', 'support_centre'])), name='referral_to_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('basis', 'consent'), ('case__isnull', False), ('consent__isnull', False)), models.Q(('basis', 'ex_officio'), ('case__isnull', False), ('consent', None), ('to', 'police')), models.Q(('basis', 'law'), ('case', None), ('consent', None), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='referral_rests_on_something'), models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('operator', None), ('sighting', None)), models.Q(('case', None), ('operator', None), ('sighting__isnull', False)), models.Q(('case', None), ('operator__isnull', False), ('sighting', None)), _connector='OR'), name='referral_is_about_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('sender', 'support_centre'), ('to__in', ['lawyer', 'police', 'regional_centre'])), models.Q(('case', None), ('to__in', ['police', 'regulator', 'reviewer', 'support_centre']), models.Q(('sender', 'support_centre'), _negated=True)), _connector='OR'), name='referral_goes_where_it_may'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), ('why_returned__in', ['not_competent', 'no_capacity', 'more_needed', 'person_not_reached'])), models.Q(models.Q(('state', 'returned'), _negated=True), ('why_returned', '')), _connector='OR'), name='referral_returned_says_why'), models.UniqueConstraint(condition=models.Q(('state__in', ['overdue', 'sent'])), fields=('case', 'to'), name='one_open_referral_each'), models.UniqueConstraint(condition=models.Q(('state__in', ['overdue', 'sent'])), fields=('sighting', 'to'), name='one_open_referral_a_place'), models.UniqueConstraint(condition=models.Q(('state__in', ['overdue', 'sent'])), fields=('operator', 'to'), name='one_open_referral_an_operator')],
            },
        ),
    ]
