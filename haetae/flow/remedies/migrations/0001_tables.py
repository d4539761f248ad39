import django.db.models.deletion
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('remedies', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('arrival', '0001_tables'),
        ('removal', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Remedy',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('host_notice', 'host_notice'), ('cdn_notice', 'cdn_notice'), ('de_index', 'de_index'), ('cached_copy', 'cached_copy'), ('access_block', 'access_block')], max_length=16)),
                ('round', models.PositiveIntegerField(default=1, help_text='1, and one more each time it is wanted anew')),
                ('key', models.UUIDField(help_text='idempotency key: derived from this row and its round', unique=True)),
                ('state', models.CharField(choices=[('wanted', 'wanted'), ('sent', 'sent'), ('claimed', 'claimed'), ('refused', 'refused'), ('unsure', 'unsure'), ('undeliverable', 'undeliverable'), ('claim_false', 'claim_false'), ('withdrawn', 'withdrawn'), ('lifted', 'lifted')], default='wanted', max_length=16)),
                ('reference', models.CharField(blank=True, help_text="the intermediary's own number", max_length=128)),
                ('reason', models.CharField(blank=True, help_text="the intermediary's reason, as a code", max_length=64)),
                ('ended', models.CharField(blank=True, choices=[('gone', 'gone'), ('not_harmful', 'not_harmful'), ('stopped', 'stopped')], max_length=16)),
                ('must_be_told', models.BooleanField(default=False, help_text='whether the intermediary is to undo what it may have done')),
                ('wanted_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('intermediary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
                ('request', models.ForeignKey(help_text='the request that the operator does not follow, or cannot be given', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='removal.deletionrequest')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remedies', to='arrival.sighting')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['wanted', 'sent', 'claimed', 'refused', 'unsure', 'undeliverable', 'claim_false', 'withdrawn', 'lifted'])), name='remedy_state_is_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['host_notice', 'cdn_notice', 'de_index', 'cached_copy', 'access_block'])), name='remedy_kind_is_known'), models.CheckConstraint(condition=models.Q(('ended', ''), ('state__in', ['withdrawn', 'lifted']), _connector='XOR'), name='remedy_ends_for_a_reason'), models.UniqueConstraint(fields=('sighting', 'intermediary', 'kind'), name='one_remedy_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Serves',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('origin', models.CharField(blank=True, help_text='exact origin, as https://board.example; empty: before all', max_length=255)),
                ('since', models.DateField()),
                ('until', models.DateField(help_text='last day, or empty while it lasts', null=True)),
                ('intermediary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='serves', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='serving_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('intermediary', 'origin'), name='one_lasting_serving')],
            },
        ),
    ]
