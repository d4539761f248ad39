import datetime
import haetae.common.ids
import haetae.common.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('tasks', '0001_initial'),
        ('tasks', '0002_judge'),
        ('tasks', '0003_a_partners_list'),
        ('tasks', '0004_a_silent_source'),
        ('tasks', '0005_in_turn'),
        ('tasks', '0006_notices'),
        ('tasks', '0007_law_of_other_countries'),
        ('tasks', '0008_orders'),
        ('tasks', '0009_kinds_of_filings'),
        ('tasks', '0010_shown_undecided'),
        ('tasks', '0011_not_paid'),
        ('tasks', '0012_by_state'),
        ('tasks', '0013_evidence'),
        ('tasks', '0014_words_of_watch_lists'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Task',
            fields=[
                ('law_ends_at', models.DateTimeField(default=datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), help_text='end of a term of the law that is near or over; the year 9000: none is')),
                ('rank', models.PositiveSmallIntegerField(default=152, help_text='minors, risk and reports as one number, the smaller first')),
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('judge', 'judge'), ('dead_letter', 'dead_letter'), ('no_channel', 'no_channel'), ('notice_unfit', 'notice_unfit'), ('claim_false', 'claim_false'), ('overdue', 'overdue'), ('term_over', 'term_over'), ('not_blocked', 'not_blocked'), ('block_ends', 'block_ends'), ('shown_undecided', 'shown_undecided'), ('review_late', 'review_late'), ('not_restored', 'not_restored'), ('hook_down', 'hook_down'), ('list_flooded', 'list_flooded'), ('source_silent', 'source_silent'), ('order_unclear', 'order_unclear'), ('report_missing', 'report_missing'), ('designation_late', 'designation_late'), ('not_paid', 'not_paid'), ('evidence_damaged', 'evidence_damaged')], max_length=16)),
                ('subject_id', models.UUIDField(help_text='request, delivery, block, review or operator that it is about')),
                ('sighting_id', models.UUIDField(help_text='the place that it is about, where there is one', null=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('resolved', 'resolved')], default='waiting', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.UUIDField(help_text='the official; empty where it came right by itself', null=True)),
                ('outcome', models.CharField(blank=True, choices=[('ask', 'ask'), ('leave', 'leave'), ('send_again', 'send_again'), ('reached', 'reached'), ('handled', 'handled'), ('extend', 'extend'), ('restore', 'restore'), ('release', 'release')], max_length=12)),
                ('note', haetae.common.sealed.SealedTextField(default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['law_ends_at', 'rank', 'opened_at', 'id'], name='task_waiting_in_turn'), models.Index(fields=['sighting_id'], name='task_by_sighting'), models.Index(condition=models.Q(('state', 'waiting')), fields=['sighting_id'], name='task_waiting_at_sighting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'resolved'])), name='task_state_is_known'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('kind', 'subject_id'), name='one_waiting_task_of_a_kind')],
            },
        ),
    ]
