import django.db.models.deletion
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('removal', '0001_initial'),
        ('removal', '0002_deliveries_and_decisions'),
        ('removal', '0003_notices'),
        ('removal', '0004_found_manipulated'),
        ('removal', '0005_found_at'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('assessment', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeletionRequest',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveIntegerField(help_text='1, and one more each time it reappeared or was decided')),
                ('key', models.UUIDField(help_text='idempotency key: derived from sighting and round', unique=True)),
                ('state', models.CharField(choices=[('requested', 'requested'), ('sent', 'sent'), ('claimed', 'claimed'), ('refused', 'refused'), ('unsure', 'unsure'), ('access_blocked', 'access_blocked'), ('verified', 'verified'), ('claim_false', 'claim_false'), ('overdue', 'overdue'), ('undeliverable', 'undeliverable'), ('reappeared', 'reappeared'), ('superseded', 'superseded'), ('not_harmful', 'not_harmful')], default='requested', max_length=16)),
                ('ordered', models.CharField(blank=True, choices=[('remove', 'remove'), ('block_access', 'block_access')], help_text="what the regulator's side decided, where the request carries a decision", max_length=12)),
                ('review_id', models.UUIDField(help_text='the review behind the decision', null=True)),
                ('legal_basis', models.CharField(help_text='id in the jurisdiction pack', max_length=64)),
                ('minor_protected', models.BooleanField(default=False, help_text="whether a minor is, or may be, shown: by somebody's word or a decision")),
                ('found_manipulated', models.BooleanField(default=False, help_text="whether the regulator's side decided so; nobody else's word counts here")),
                ('found_at', models.DateTimeField(help_text='of the place, and never another: what is in one state is read in the order of finding')),
                ('requested_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('operator_reference', models.CharField(blank=True, max_length=128)),
                ('operator_reason', models.CharField(blank=True, max_length=64)),
                ('operator_blocked', models.BooleanField(default=False, help_text='whether the operator says that it has hidden it for now')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.assessment')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deletion_requests', to='arrival.sighting')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'found_at', 'sighting'], name='request_in_state_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'sent', 'claimed', 'refused', 'unsure', 'access_blocked', 'verified', 'claim_false', 'overdue', 'undeliverable', 'reappeared', 'superseded', 'not_harmful'])), name='request_state_is_known'), models.UniqueConstraint(fields=('sighting', 'round'), name='one_request_a_round'), models.UniqueConstraint(condition=models.Q(('state__in', ['access_blocked', 'claim_false', 'claimed', 'overdue', 'refused', 'requested', 'sent', 'undeliverable', 'unsure'])), fields=('sighting',), name='one_open_request_a_sighting')],
            },
        ),
    ]
