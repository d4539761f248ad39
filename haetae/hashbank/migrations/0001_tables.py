import django.db.models.deletion
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('hashbank', '0001_initial'),
        ('hashbank', '0002_knownpicture_disputed_at'),
        ('hashbank', '0003_lists_partners_and_keys'),
        ('hashbank', '0004_partner_copies'),
        ('hashbank', '0005_the_newest_version_at_once'),
        ('hashbank', '0006_sources_of_others'),
        ('hashbank', '0007_what_was_forgotten'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerReading',
            fields=[
                ('partner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='accounts.partner')),
                ('up_to_version', models.BigIntegerField(default=0)),
                ('read_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='HashList',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='a code; part of every match and event', max_length=64, unique=True)),
                ('issuer', models.CharField(help_text='agency or partner that answers for it, as a code', max_length=64)),
                ('purpose', models.CharField(choices=[('ncii', 'ncii'), ('csam', 'csam'), ('benign', 'benign')], max_length=16)),
                ('reach_bits', models.PositiveSmallIntegerField(default=31, help_text='largest PDQ distance of a match')),
                ('entries_expire_days', models.PositiveIntegerField(help_text='empty: never by themselves', null=True)),
                ('made_at', models.DateTimeField()),
                ('quarantined_at', models.DateTimeField(help_text='a flood came in: nothing of it is matched until a person has looked', null=True)),
                ('released_at', models.DateTimeField(help_text='somebody had looked: what came before is no flood', null=True)),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.partner')),
            ],
        ),
        migrations.CreateModel(
            name='KnownPicture',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'SELF_DECLARED'), (2, 'COUNSELLOR_CHECKED'), (3, 'OPERATOR_CONFIRMED'), (4, 'REGULATOR_DECIDED')])),
                ('media', models.CharField(choices=[('image', 'image'), ('film', 'film')], default='image', max_length=8)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('md5', models.CharField(blank=True, max_length=32)),
                ('pdq', models.CharField(blank=True, max_length=64)),
                ('dhash', models.CharField(blank=True, max_length=64)),
                ('foreign_id', models.CharField(blank=True, help_text="the partner's own name for it", max_length=120)),
                ('added_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(help_text='moment of its newest version; never runs backwards')),
                ('expires_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by_issuer', models.BooleanField(default=False, help_text='whoever sent it withdrew it, and may make it known again')),
                ('disputed_at', models.DateTimeField(help_text='since then it is still matched, and acts by itself no more', null=True)),
                ('to_forget', models.BooleanField(default=False, help_text='withdrawn, and its hashes go as soon as no partner must be told by them')),
                ('version', models.BigIntegerField(help_text='grows with every change of the bank; tells readers to look again')),
                ('list', models.ForeignKey(db_column='list_name', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='hashbank.hashlist', to_field='name')),
            ],
        ),
        migrations.CreateModel(
            name='KnownFrame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at_ms', models.PositiveIntegerField()),
                ('pdq', models.CharField(max_length=64)),
                ('dhash', models.CharField(max_length=64)),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='frames', to='hashbank.knownpicture')),
            ],
        ),
        migrations.CreateModel(
            name='HashFeedback',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(help_text='partner or operator, as a code', max_length=64)),
                ('value', models.CharField(choices=[('none', 'none'), ('quality_unknown', 'quality_unknown'), ('pending_review', 'pending_review'), ('blocked', 'blocked'), ('not_blocked', 'not_blocked'), ('withdrawn', 'withdrawn'), ('deleted', 'deleted'), ('unknown', 'unknown')], max_length=16)),
                ('tags', models.JSONField(default=list, help_text='codes of the source')),
                ('given_at', models.DateTimeField()),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='hashbank.knownpicture')),
            ],
        ),
        migrations.CreateModel(
            name='PartnerCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField()),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='hashbank.knownpicture')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='accounts.partner')),
            ],
        ),
        migrations.CreateModel(
            name='Recall',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('known', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='hashbank.knownpicture')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recalls', to='accounts.partner')),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=56, unique=True)),
                ('wire', models.CharField(choices=[('stopncii', 'stopncii'), ('ncmec', 'ncmec')], max_length=16)),
                ('base', models.CharField(help_text='address before the paths of the wire; its origin is reachable', max_length=255)),
                ('secret_name', models.CharField(help_text='key file that holds its secret', max_length=64)),
                ('every_s', models.PositiveIntegerField(help_text='pause between two rounds')),
                ('since_s', models.BigIntegerField(default=0, help_text='where the present round began')),
                ('until_s', models.BigIntegerField(help_text='where it ends, on a wire that has ends', null=True)),
                ('following', models.CharField(blank=True, help_text="the other side's word for the next page", max_length=2048)),
                ('due_at', models.DateTimeField()),
                ('succeeded_at', models.DateTimeField(help_text='end of the last round that came to its end', null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0, help_text='tries since then that failed')),
                ('silent_at', models.DateTimeField(help_text='since then a person knows that it fails', null=True)),
                ('failure_code', models.CharField(blank=True, max_length=64)),
                ('failure_words', models.CharField(blank=True, max_length=300)),
                ('counts', models.JSONField(default=dict, help_text='what came in since it was added, by kind')),
                ('odd', models.JSONField(default=list, help_text='first places that could not be read, and what was not believed')),
                ('fills', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='source', to='hashbank.hashlist')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='accounts.partner')),
            ],
        ),
        migrations.AddConstraint(
            model_name='hashlist',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['ncii', 'csam', 'benign'])), name='list_purpose_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hashlist',
            constraint=models.CheckConstraint(condition=models.Q(('reach_bits__lte', 31)), name='list_reaches_31_bits_at_most'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(fields=['-version', 'id'], name='known_picture_newest'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(fields=['changed_at', 'id'], name='known_picture_changed'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(fields=['list', 'foreign_id'], name='known_picture_foreign_id'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(fields=['list', 'pdq'], name='known_picture_pdq'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(fields=['list', 'md5'], name='known_picture_md5'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(condition=models.Q(('to_forget', True)), fields=['id'], name='known_picture_to_forget'),
        ),
        migrations.AddIndex(
            model_name='knownpicture',
            index=models.Index(condition=models.Q(('expires_at__isnull', False)), fields=['expires_at'], name='known_picture_ends'),
        ),
        migrations.AddConstraint(
            model_name='knownpicture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), ('pdq', ''), ('md5', ''), ('media', 'image'), _negated=True), ('withdrawn_at__isnull', False), _connector='OR'), name='known_picture_has_a_hash'),
        ),
        migrations.AddConstraint(
            model_name='knownpicture',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', [1, 2, 3, 4])), name='tier_is_known'),
        ),
        migrations.AddConstraint(
            model_name='knownpicture',
            constraint=models.CheckConstraint(condition=models.Q(('media__in', ['image', 'film'])), name='known_media_is_known'),
        ),
        migrations.AddConstraint(
            model_name='knownpicture',
            constraint=models.CheckConstraint(condition=models.Q(('changed_at__gte', models.F('added_at'))), name='known_changes_forwards'),
        ),
        migrations.AddConstraint(
            model_name='hashfeedback',
            constraint=models.CheckConstraint(condition=models.Q(('value__in', ['none', 'quality_unknown', 'pending_review', 'blocked', 'not_blocked', 'withdrawn', 'deleted', 'unknown'])), name='feedback_is_known'),
        ),
        migrations.AddConstraint(
            model_name='hashfeedback',
            constraint=models.UniqueConstraint(fields=('known', 'source'), name='one_feedback_of_a_source'),
        ),
        migrations.AddConstraint(
            model_name='partnercopy',
            constraint=models.UniqueConstraint(fields=('partner', 'known'), name='one_copy_of_a_partner'),
        ),
        migrations.AddConstraint(
            model_name='recall',
            constraint=models.UniqueConstraint(fields=('known', 'partner'), name='one_recall_of_a_partner'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('wire__in', ['stopncii', 'ncmec'])), name='source_wire_is_known'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('failures', 0), ('failing_since__isnull', False), _connector='XOR'), name='source_fails_since_a_moment'),
        ),
    ]
