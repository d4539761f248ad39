import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('support', '0001_initial'),
        ('support', '0002_retention'),
        ('support', '0003_desk_consents_and_recovery'),
        ('support', '0004_notices'),
        ('support', '0005_a_notice_is_a_message'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('hashbank', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('lookup', models.CharField(help_text='from the receipt: no receipt in it', max_length=64, null=True, unique=True)),
                ('key_for_person', models.BinaryField(null=True)),
                ('key_for_custodian', models.BinaryField(null=True)),
                ('state', models.CharField(choices=[('open', 'open'), ('withdrawn', 'withdrawn'), ('held', 'held'), ('destroyed', 'destroyed')], default='open', max_length=12)),
                ('channel', models.CharField(choices=[('portal', 'portal'), ('hotline', 'hotline'), ('ex_officio', 'ex_officio')], default='portal', max_length=12)),
                ('relation', models.CharField(choices=[('me', 'me'), ('child', 'child'), ('relative', 'relative'), ('client', 'client'), ('pupil', 'pupil'), ('friend', 'friend'), ('stranger', 'stranger'), ('unsaid', 'unsaid')], default='unsaid', max_length=12)),
                ('age', models.CharField(choices=[('under_19', 'under_19'), ('adult', 'adult'), ('unsaid', 'unsaid')], default='unsaid', max_length=12)),
                ('circumstances', models.JSONField(default=list, help_text='codes')),
                ('language', models.CharField(default='ko', max_length=8)),
                ('cadence', models.CharField(choices=[('never', 'never'), ('when_gone', 'when_gone'), ('monthly', 'monthly')], default='never', max_length=12)),
                ('legal_basis', models.CharField(blank=True, help_text='id in the pack; empty: chosen by us', max_length=40)),
                ('opened_at', models.DateTimeField(db_index=True)),
                ('waits_since', models.DateTimeField(help_text='since when it waits for a counsellor; null: it does not', null=True)),
                ('rank', models.PositiveSmallIntegerField(default=0, help_text='rules.rank: the smaller first')),
                ('ex_officio', models.CharField(blank=True, choices=[('csam', 'csam'), ('investigator', 'investigator'), ('prosecutor', 'prosecutor')], help_text='why without a request; empty: somebody asked', max_length=12)),
                ('home_asked_at', models.DateTimeField(help_text='when the person was asked whether it is safe at home; null: nobody has asked', null=True)),
                ('recovery', models.CharField(choices=[('nobody', 'nobody'), ('centre', 'centre'), ('counsellor', 'counsellor')], default='nobody', max_length=12)),
                ('recovery_check', models.CharField(blank=True, choices=[('call_back', 'call_back'), ('question', 'question'), ('in_person', 'in_person')], help_text='how the person is recognised', max_length=12)),
                ('counsellor', models.ForeignKey(help_text='who has taken it on', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recovery_by', models.ForeignKey(help_text='the one by name', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CaseHash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hashes', to='support.case')),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hashbank.knownpicture')),
            ],
        ),
        migrations.CreateModel(
            name='CaseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='support.case')),
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.report')),
            ],
        ),
        migrations.CreateModel(
            name='CaseOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('told', 'told'), ('identity', 'identity')], max_length=12)),
                ('reason', models.CharField(choices=[('my_work', 'my_work'), ('caller', 'caller'), ('colleague', 'colleague'), ('agency', 'agency'), ('call_back', 'call_back'), ('papers', 'papers'), ('danger', 'danger'), ('recovery', 'recovery')], max_length=16)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='support.case')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='CaseText',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('story', 'story'), ('keywords', 'keywords'), ('poster', 'poster'), ('name', 'name'), ('contact', 'contact')], max_length=12)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='support.case')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('act_for', 'act_for'), ('tell_police', 'tell_police'), ('tell_lawyer', 'tell_lawyer'), ('hand_to_regional_centre', 'hand_to_regional_centre'), ('keep_evidence', 'keep_evidence'), ('tell_guardian', 'tell_guardian')], max_length=24)),
                ('giver', models.CharField(choices=[('person', 'person'), ('guardian', 'guardian'), ('agent', 'agent')], max_length=12)),
                ('how', models.CharField(choices=[('portal', 'portal'), ('telephone', 'telephone'), ('in_person', 'in_person'), ('paper', 'paper')], max_length=12)),
                ('papers', models.JSONField(default=list, help_text='codes of what was shown; nothing of it is kept')),
                ('given_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='support.case')),
                ('noted_by', models.ForeignKey(help_text='null: the portal', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='DeletionRecord',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('rule', models.CharField(choices=[('demanded', 'demanded'), ('term_over', 'term_over'), ('hold_over', 'hold_over'), ('identity_erased', 'identity_erased')], max_length=16)),
                ('by', models.CharField(choices=[('person', 'person'), ('counsellor', 'counsellor'), ('clock', 'clock')], max_length=12)),
                ('retention_class', models.CharField(help_text='id in the pack', max_length=24)),
                ('source', models.CharField(help_text='article on which it rests', max_length=80)),
                ('rows', models.JSONField(help_text='how many rows of each table are gone')),
                ('changed', models.JSONField(help_text='how many of what else was emptied, withdrawn or left nameless')),
                ('keys', models.JSONField(help_text='codes of the keys that are gone')),
                ('keeps', models.JSONField(help_text='parts that stay, with the code of why')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deletions', to='support.case')),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('reason', models.CharField(choices=[('investigation', 'investigation'), ('prosecution', 'prosecution'), ('trial', 'trial')], max_length=16)),
                ('keeps', models.JSONField(help_text='codes of the parts that may not be destroyed')),
                ('reference', models.CharField(help_text='number of the investigation, as a code', max_length=40)),
                ('source', models.CharField(help_text='article that allows it', max_length=80)),
                ('set_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='support.case')),
                ('ended_by', models.ForeignKey(help_text='null: its time was over', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Mailbox',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('cadence', models.CharField(choices=[('never', 'never'), ('when_gone', 'when_gone'), ('monthly', 'monthly')], help_text='what is wanted once it is confirmed', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('code', models.UUIDField(help_text="keyed by the case's key; null: none is out", null=True)),
                ('code_until', models.DateTimeField(null=True)),
                ('code_tries', models.PositiveSmallIntegerField(default=0)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='mailbox', to='support.case')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('sender', models.CharField(choices=[('person', 'person'), ('counsellor', 'counsellor'), ('notice', 'notice')], max_length=12)),
                ('sealed', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(help_text='when the other side opened it', null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='support.case')),
                ('official', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='NewWords',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('confirmed', 'confirmed'), ('issued', 'issued'), ('refused', 'refused')], default='asked', max_length=12)),
                ('how', models.CharField(choices=[('call_back', 'call_back'), ('question', 'question'), ('in_person', 'in_person')], help_text='how it was checked', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='new_words', to='support.case')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('cause', models.CharField(choices=[('confirm', 'confirm'), ('gone', 'gone'), ('month', 'month')], max_length=8)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('sending', 'sending'), ('sent', 'sent'), ('unsure', 'unsure'), ('failed', 'failed'), ('dropped', 'dropped')], default='planned', max_length=8)),
                ('mailbox_today', models.CharField(blank=True, help_text='keyed digest of day and mailbox: bounds what one may be sent', max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('planned_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='support.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('waits_since__isnull', False)), fields=['rank', 'waits_since', 'id'], name='case_waiting_in_turn'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'withdrawn', 'held', 'destroyed'])), name='case_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['portal', 'hotline', 'ex_officio'])), name='case_channel_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ['me', 'child', 'relative', 'client', 'pupil', 'friend', 'stranger', 'unsaid'])), name='case_relation_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('age__in', ['under_19', 'adult', 'unsaid'])), name='case_age_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('cadence__in', ['never', 'when_gone', 'monthly'])), name='case_cadence_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'destroyed'), _negated=True), models.Q(('key_for_custodian', None), ('key_for_person', None), ('lookup', None)), _connector='OR'), name='a_destroyed_case_has_no_key'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(('key_for_person', None), ('lookup', None)), _connector='OR'), name='a_held_case_opens_with_no_receipt'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'ex_officio'), ('ex_officio__in', ['csam', 'investigator', 'prosecutor'])), models.Q(models.Q(('channel', 'ex_officio'), _negated=True), ('ex_officio', '')), _connector='OR'), name='case_without_a_request_says_why'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recovery', 'nobody'), ('recovery_by', None), ('recovery_check', '')), models.Q(('recovery', 'centre'), ('recovery_by', None), ('recovery_check__in', ['call_back', 'question', 'in_person'])), models.Q(('recovery', 'counsellor'), ('recovery_by__isnull', False), ('recovery_check__in', ['call_back', 'question', 'in_person'])), _connector='OR'), name='case_recovery_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='casehash',
            constraint=models.UniqueConstraint(fields=('case', 'known'), name='one_hash_a_case'),
        ),
        migrations.AddIndex(
            model_name='caseopening',
            index=models.Index(fields=['case', 'official', 'at'], name='opening_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='caseopening',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['told', 'identity'])), name='opening_part_is_known'),
        ),
        migrations.AddConstraint(
            model_name='caseopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['my_work', 'caller', 'colleague', 'agency', 'call_back', 'papers', 'danger', 'recovery'])), name='opening_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='casetext',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['story', 'keywords', 'poster', 'name', 'contact'])), name='case_text_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['act_for', 'tell_police', 'tell_lawyer', 'hand_to_regional_centre', 'keep_evidence', 'tell_guardian'])), name='consent_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('giver__in', ['person', 'guardian', 'agent'])), name='consent_giver_is_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['portal', 'telephone', 'in_person', 'paper'])), name='consent_how_is_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case', 'kind'), name='one_consent_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='deletionrecord',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['demanded', 'term_over', 'hold_over', 'identity_erased'])), name='deletion_rule_is_known'),
        ),
        migrations.AddConstraint(
            model_name='deletionrecord',
            constraint=models.CheckConstraint(condition=models.Q(('by__in', ['person', 'counsellor', 'clock'])), name='deletion_by_is_known'),
        ),
        migrations.AddIndex(
            model_name='hold',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['until', 'id'], name='hold_open_by_end'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['investigation', 'prosecution', 'trial'])), name='hold_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('set_at'))), name='hold_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('set_at')), _connector='OR'), name='hold_is_ended_after_it_is_set'),
        ),
        migrations.AddConstraint(
            model_name='hold',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by__isnull', True), ('ended_at__isnull', False), _connector='OR'), name='who_ended_a_hold_ended_it'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(('cadence__in', ['when_gone', 'monthly'])), name='a_mailbox_is_there_to_be_written_to'),
        ),
        migrations.AddConstraint(
            model_name='mailbox',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('code__isnull', True), ('code_until__isnull', True)), models.Q(('code__isnull', False), ('code_until__isnull', False)), _connector='OR'), name='a_number_of_a_mailbox_ends'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('sender__in', ['person', 'counsellor', 'notice'])), name='message_sender_is_known'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('official__isnull', False), ('sender', 'counsellor')), models.Q(('official', None), ('sender__in', ['person', 'notice'])), _connector='OR'), name='message_has_its_sender'),
        ),
        migrations.AddConstraint(
            model_name='newwords',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'confirmed', 'issued', 'refused'])), name='new_words_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='newwords',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['call_back', 'question', 'in_person'])), name='new_words_how_is_known'),
        ),
        migrations.AddConstraint(
            model_name='newwords',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='new_words_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='newwords',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'refused']), ('confirmed_by__isnull', False), _connector='OR'), name='new_words_are_confirmed_first'),
        ),
        migrations.AddConstraint(
            model_name='newwords',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'confirmed'])), fields=('case',), name='one_request_for_new_words'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('mailbox_today', ''), _negated=True), fields=['mailbox_today'], name='notice_by_mailbox_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'sending', 'sent', 'unsure', 'failed', 'dropped'])), name='notice_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['confirm', 'gone', 'month'])), name='notice_cause_is_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('case', 'cause'), name='one_planned_notice_of_a_cause'),
        ),
    ]
