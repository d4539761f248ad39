import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('evidence', '0001_evidence'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CustodianKey',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('recipient', models.CharField(max_length=64, unique=True)),
                ('registered_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('origin', models.CharField(choices=[('public_page', 'public_page'), ('undercover', 'undercover'), ('statement', 'statement')], max_length=12)),
                ('address', models.BinaryField(help_text='sealed under the key of the file; empty for what has none')),
                ('place_digests', models.JSONField(default=list, help_text='keyed digests by which a sighting at the address is found')),
                ('state', models.CharField(choices=[('requested', 'requested'), ('not_captured', 'not_captured'), ('captured', 'captured'), ('sealed', 'sealed'), ('held', 'held'), ('handed_over', 'handed_over'), ('released', 'released'), ('destroyed', 'destroyed')], default='requested', max_length=12)),
                ('why_not', models.CharField(blank=True, help_text='code of why it could not be kept', max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('held_until', models.DateTimeField(help_text='until when a deletion at the place waits for it', null=True)),
                ('overtaken_at', models.DateTimeField(help_text='a deletion went out before it was sealed: its time was over', null=True)),
                ('captured_at', models.DateTimeField(null=True)),
                ('content_digest', models.CharField(blank=True, db_index=True, max_length=64)),
                ('content_bytes', models.PositiveBigIntegerField(default=0)),
                ('manifest_digest', models.CharField(blank=True, help_text='SHA-256 of what is stamped', max_length=64)),
                ('pictures', models.PositiveIntegerField(default=0, help_text='named there, and kept as digests alone')),
                ('stamp', models.BinaryField(help_text="the authority's whole answer (RFC 3161)", null=True)),
                ('stamped_at', models.DateTimeField(help_text="by the authority's clock", null=True)),
                ('stamp_authority', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(help_text='when it was last found to be what it was', null=True)),
                ('damaged_at', models.DateTimeField(help_text='since then it is not what it was', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='investigations.investigation')),
                ('recipients', models.ManyToManyField(related_name='+', to='evidence.custodiankey')),
            ],
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('article', models.CharField(help_text='what sets the term that is over', max_length=80)),
                ('kept_until', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('proof_digest', models.CharField(blank=True, help_text='SHA-256 of the record of it', max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='destruction', to='evidence.evidence')),
            ],
        ),
        migrations.CreateModel(
            name='CustodyLink',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('act', models.CharField(choices=[('taken', 'taken'), ('given', 'given'), ('received', 'received'), ('taken_back', 'taken_back'), ('opened', 'opened'), ('exported', 'exported'), ('released', 'released'), ('destruction_asked', 'destruction_asked'), ('destroyed', 'destroyed')], max_length=20)),
                ('purpose', models.CharField(blank=True, choices=[('same_or_related_offence', 'same_or_related_offence'), ('related_discipline', 'related_discipline'), ('subjects_damages_suit', 'subjects_damages_suit'), ('other_statute', 'other_statute')], max_length=24)),
                ('reason', models.BinaryField(help_text='sealed under the key of the file; empty where none is asked for')),
                ('digest', models.CharField(blank=True, help_text='SHA-256 of what was handed out', max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chain', to='evidence.evidence')),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceHold',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('reason', models.BinaryField(help_text='sealed under the key of the file')),
                ('set_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='evidence.evidence')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='custodiankey',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('official',), name='one_key_a_custodian'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'not_captured', 'captured', 'sealed', 'held', 'handed_over', 'released', 'destroyed'])), name='evidence_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['public_page', 'undercover', 'statement'])), name='evidence_origin_is_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['captured', 'handed_over', 'held', 'released', 'sealed']), _negated=True), models.Q(('content_digest', ''), _negated=True), _connector='OR'), name='what_is_kept_has_a_digest'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['captured', 'destroyed', 'not_captured', 'requested']), ('stamp__isnull', False), _connector='OR'), name='nobody_holds_what_is_not_stamped'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['handed_over', 'held', 'released']), _negated=True), ('holder__isnull', False), _connector='OR'), name='what_is_held_has_a_holder'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_to__isnull', False), ('state', 'handed_over')), models.Q(models.Q(('state', 'handed_over'), _negated=True), ('given_to__isnull', True)), _connector='OR'), name='only_what_is_on_its_way_has_a_receiver'),
        ),
        migrations.AddConstraint(
            model_name='destruction',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='two_custodians_destroy'),
        ),
        migrations.AddIndex(
            model_name='custodylink',
            index=models.Index(fields=['evidence', 'at'], name='custody_by_evidence'),
        ),
        migrations.AddConstraint(
            model_name='custodylink',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['taken', 'given', 'received', 'taken_back', 'opened', 'exported', 'released', 'destruction_asked', 'destroyed'])), name='custody_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='custodylink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['opened', 'exported', 'released']), _negated=True), models.Q(('purpose', ''), _negated=True), _connector='OR'), name='nothing_is_used_without_a_purpose'),
        ),
    ]
