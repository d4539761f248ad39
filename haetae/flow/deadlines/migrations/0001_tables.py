import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('deadlines', '0001_initial'),
        ('deadlines', '0002_more_kinds'),
        ('deadlines', '0003_more_kinds_for_blocks'),
        ('deadlines', '0004_a_case_is_kept'),
        ('deadlines', '0005_referral_answer'),
        ('deadlines', '0006_notices'),
        ('deadlines', '0007_remedy_status'),
        ('deadlines', '0008_law_of_other_countries'),
        ('deadlines', '0009_appeals'),
        ('deadlines', '0010_opinions'),
        ('deadlines', '0011_orders'),
        ('deadlines', '0012_kinds_of_filings'),
        ('deadlines', '0013_time_to_pay'),
        ('deadlines', '0014_evidence'),
        ('deadlines', '0015_repay_by'),
        ('deadlines', '0016_official_requests'),
        ('deadlines', '0017_undercover_ends'),
        ('deadlines', '0018_watching_and_teaching'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('examine_again', 'examine_again'), ('send_again', 'send_again'), ('ask_status', 'ask_status'), ('acknowledge', 'acknowledge'), ('remove', 'remove'), ('look', 'look'), ('decide', 'decide'), ('block_reminder', 'block_reminder'), ('block_ends', 'block_ends'), ('see_back', 'see_back'), ('referral_answer', 'referral_answer'), ('retention_ends', 'retention_ends'), ('hold_ends', 'hold_ends'), ('notice', 'notice'), ('notice_month', 'notice_month'), ('remedy_status', 'remedy_status'), ('dispute', 'dispute'), ('opinion', 'opinion'), ('comply', 'comply'), ('report_due', 'report_due'), ('designation_due', 'designation_due'), ('pay_by', 'pay_by'), ('seal_again', 'seal_again'), ('repay_by', 'repay_by'), ('platform_answer', 'platform_answer'), ('approve_urgent', 'approve_urgent'), ('preserved_until', 'preserved_until'), ('urgent_ends', 'urgent_ends'), ('permit_ends', 'permit_ends'), ('watch_ends', 'watch_ends'), ('teaching_report', 'teaching_report'), ('incident_notice', 'incident_notice'), ('incident_plan', 'incident_plan'), ('training_by', 'training_by')], max_length=16)),
                ('subject_id', models.UUIDField()),
                ('basis', models.CharField(choices=[('legal', 'legal'), ('policy', 'policy')], max_length=8)),
                ('source', models.CharField(help_text='article or policy that sets it', max_length=80)),
                ('pack', models.CharField(blank=True, help_text='pack whose law sets it; empty: that of this installation', max_length=8)),
                ('due_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('set', 'set'), ('met', 'met'), ('passed', 'passed'), ('closed', 'closed')], default='set', max_length=8)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'set')), fields=['due_at'], name='deadline_open_by_due'), models.Index(fields=['subject_id'], name='deadline_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['set', 'met', 'passed', 'closed'])), name='deadline_state_is_known'), models.CheckConstraint(condition=models.Q(('due_at__isnull', False), ('basis', 'legal'), _connector='OR'), name='only_a_legal_duty_may_lack_an_hour'), models.CheckConstraint(condition=models.Q(('pack', ''), ('basis', 'legal'), _connector='OR'), name='another_country_sets_no_target'), models.UniqueConstraint(condition=models.Q(('state', 'set')), fields=('kind', 'subject_id', 'basis', 'pack'), name='one_open_deadline_of_a_kind')],
            },
        ),
    ]
