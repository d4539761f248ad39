import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('answers', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Knock',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('hour', models.DateTimeField()),
                ('way', models.CharField(choices=[('api', 'api'), ('webhook', 'webhook'), ('mail_link', 'mail_link'), ('desk', 'desk')], max_length=12)),
                ('outcome', models.CharField(choices=[('taken', 'taken'), ('said_already', 'said_already'), ('unsigned', 'unsigned'), ('bad_signature', 'bad_signature'), ('stale', 'stale'), ('replayed', 'replayed'), ('unknown_schema', 'unknown_schema'), ('malformed', 'malformed'), ('not_yours', 'not_yours'), ('unknown_request', 'unknown_request'), ('link_used', 'link_used'), ('link_over', 'link_over'), ('too_late', 'too_late'), ('reason_missing', 'reason_missing'), ('nothing_hidden', 'nothing_hidden')], max_length=16)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hour', 'way', 'outcome'), name='one_row_an_hour')],
            },
        ),
        migrations.CreateModel(
            name='Inbound',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('request_id', models.UUIDField(help_text='as the answer names it; it may not exist', null=True)),
                ('way', models.CharField(choices=[('api', 'api'), ('webhook', 'webhook'), ('mail_link', 'mail_link'), ('desk', 'desk')], max_length=12)),
                ('message_id', models.CharField(blank=True, help_text="the sender's number of the message", max_length=120)),
                ('word', models.CharField(blank=True, choices=[('received', 'received'), ('removed', 'removed'), ('refused', 'refused'), ('unsure', 'unsure'), ('blocked', 'blocked'), ('hidden', 'hidden'), ('restored', 'restored')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('outcome', models.CharField(choices=[('taken', 'taken'), ('said_already', 'said_already'), ('unsigned', 'unsigned'), ('bad_signature', 'bad_signature'), ('stale', 'stale'), ('replayed', 'replayed'), ('unknown_schema', 'unknown_schema'), ('malformed', 'malformed'), ('not_yours', 'not_yours'), ('unknown_request', 'unknown_request'), ('link_used', 'link_used'), ('link_over', 'link_over'), ('too_late', 'too_late'), ('reason_missing', 'reason_missing'), ('nothing_hidden', 'nothing_hidden')], max_length=16)),
                ('at', models.DateTimeField()),
                ('official', models.ForeignKey(help_text='who clicked', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
            options={
                'indexes': [models.Index(fields=['operator', '-at'], name='inbound_by_operator')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['taken', 'said_already', 'unsigned', 'bad_signature', 'stale', 'replayed', 'unknown_schema', 'malformed', 'not_yours', 'unknown_request', 'link_used', 'link_over', 'too_late', 'reason_missing', 'nothing_hidden'])), name='inbound_outcome_is_known'), models.UniqueConstraint(condition=models.Q(models.Q(('message_id', ''), _negated=True), ('outcome__in', ['taken', 'said_already'])), fields=('operator', 'way', 'message_id'), name='a_message_is_taken_once')],
            },
        ),
    ]
