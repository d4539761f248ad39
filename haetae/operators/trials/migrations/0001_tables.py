import django.db.models.deletion
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('trials', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('delivery', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.UUIDField(default=haetae.common.ids.new_id, help_text='id of the notice and of its message', unique=True)),
                ('begun_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('arrived', 'arrived'), ('failed', 'failed'), ('answered', 'answered')], default='waiting', max_length=8)),
                ('code', models.CharField(blank=True, help_text='why it could not be handed over', max_length=64)),
                ('notice_text', models.TextField(help_text='the document notice/1 as it goes out')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='TrialAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, max_length=16)),
                ('way', models.CharField(max_length=12)),
                ('message_id', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='trials.trial')),
            ],
        ),
        migrations.CreateModel(
            name='WayTest',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('checks', models.JSONField(default=list, help_text='code, passed and words of each thing that was tried')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='Replay',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='delivery.delivery')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.operator')),
            ],
            options={
                'indexes': [models.Index(fields=['operator', '-at'], name='replay_by_operator')],
            },
        ),
        migrations.AddIndex(
            model_name='trial',
            index=models.Index(fields=['operator', '-begun_at'], name='trial_by_operator'),
        ),
        migrations.AddConstraint(
            model_name='trial',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'arrived', 'failed', 'answered'])), name='trial_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='trialanswer',
            constraint=models.UniqueConstraint(condition=models.Q(('message_id', ''), _negated=True), fields=('trial', 'way', 'message_id'), name='a_trial_message_is_taken_once'),
        ),
        migrations.AddIndex(
            model_name='waytest',
            index=models.Index(fields=['operator', '-begun_at'], name='way_test_by_operator'),
        ),
    ]
