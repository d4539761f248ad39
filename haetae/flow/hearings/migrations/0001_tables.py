import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('hearings', '0001_initial'),
        ('hearings', '0002_how_it_came'),
        ('hearings', '0003_told'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('about', models.CharField(choices=[('review', 'review'), ('order', 'order'), ('sanction', 'sanction'), ('designation', 'designation')], max_length=12)),
                ('subject_id', models.UUIDField()),
                ('party', models.CharField(choices=[('operator', 'operator'), ('poster', 'poster')], max_length=8)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('heard', 'heard'), ('waived', 'waived'), ('silent', 'silent'), ('left_out', 'left_out')], default='asked', max_length=8)),
                ('until', models.DateTimeField(help_text='by when an opinion is asked for; empty: nobody was asked', null=True)),
                ('matter', haetae.common.sealed.SealedTextOrNoneField(help_text='the draft of the act, as the party was given it to read', null=True)),
                ('opinion', haetae.common.sealed.SealedTextField(help_text='what the party said; empty where it lies with its objection')),
                ('way', models.CharField(blank=True, choices=[('desk', 'desk'), ('letter', 'letter'), ('telephone', 'telephone'), ('objection', 'objection')], help_text='how the opinion came', max_length=12)),
                ('told', models.CharField(blank=True, choices=[('mail', 'mail'), ('mail_unsure', 'mail_unsure'), ('mail_refused', 'mail_refused'), ('no_mailbox', 'no_mailbox'), ('no_mail_server', 'no_mail_server')], help_text='how the operator was told; empty: not yet', max_length=16)),
                ('exception', models.CharField(blank=True, choices=[('urgent', 'urgent'), ('difficult', 'difficult'), ('unnecessary', 'unnecessary')], max_length=12)),
                ('note', haetae.common.sealed.SealedTextField(help_text='why nobody was heard')),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(help_text='when the act came, or was given up: nobody is listened to any more', null=True)),
                ('official', models.ForeignKey(help_text='who asked, left it out or wrote it down; empty: nobody had to ask', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='accounts.operator')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['operator', 'until'], name='hearing_waits_at_operator')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'heard', 'waived', 'silent', 'left_out'])), name='hearing_state_is_known'), models.CheckConstraint(condition=models.Q(('exception', ''), ('state__in', ['left_out', 'heard']), _connector='OR'), name='hearing_exception_was_left_out'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'left_out'), _negated=True), models.Q(('exception', ''), _negated=True), _connector='OR'), name='hearing_left_out_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'asked'), _negated=True), ('until__isnull', False), _connector='OR'), name='hearing_asked_has_an_end'), models.CheckConstraint(condition=models.Q(('state', 'heard'), ('way', ''), _connector='XOR'), name='hearing_heard_says_how'), models.CheckConstraint(condition=models.Q(('told__in', ['', 'mail', 'mail_unsure', 'mail_refused', 'no_mailbox', 'no_mail_server'])), name='hearing_told_is_known'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('state', 'asked'), _negated=True), _connector='OR'), name='hearing_closed_waits_for_nobody'), models.UniqueConstraint(fields=('subject_id', 'party'), name='a_party_is_heard_once')],
            },
        ),
    ]
