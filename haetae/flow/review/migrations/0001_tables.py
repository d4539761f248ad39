import datetime
import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('review', '0001_initial'),
        ('review', '0002_hidden_only'),
        ('review', '0003_in_turn'),
        ('review', '0004_appeals'),
        ('review', '0005_asked'),
        ('review', '0006_commission'),
        ('review', '0007_terms'),
        ('review', '0008_by_state'),
        ('review', '0009_words_of_watch_lists'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('removal', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='ProvisionalBlock',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('by', models.CharField(choices=[('operator', 'operator'), ('us', 'us')], max_length=8)),
                ('state', models.CharField(choices=[('wanted', 'wanted'), ('claimed', 'claimed'), ('hidden', 'hidden'), ('not_done', 'not_done'), ('expired', 'expired'), ('lasting', 'lasting'), ('lifting', 'lifting'), ('kept', 'kept'), ('lift_claimed', 'lift_claimed'), ('restored', 'restored'), ('not_back', 'not_back'), ('ended', 'ended')], max_length=12)),
                ('begun_at', models.DateTimeField(help_text='when the operator said that it is hidden', null=True)),
                ('ends_at', models.DateTimeField(help_text='by the law, or by the newest extension', null=True)),
                ('changed_at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='removal.deletionrequest')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='arrival.sighting')),
            ],
        ),
        migrations.CreateModel(
            name='BlockExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('decision_near', 'decision_near'), ('no_quorum', 'no_quorum'), ('minor', 'minor'), ('safety', 'safety'), ('new_evidence', 'new_evidence')], max_length=16)),
                ('statement', haetae.common.sealed.SealedTextField(default='')),
                ('official_id', models.UUIDField(null=True)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='review.provisionalblock')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('law_ends_at', models.DateTimeField(default=datetime.datetime(9000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), help_text='end of a term of the law that is near or over; the year 9000: none is')),
                ('rank', models.PositiveSmallIntegerField(default=152, help_text='minors, risk and reports as one number, the smaller first')),
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('because', models.CharField(choices=[('unsure', 'unsure'), ('refused', 'refused'), ('hidden_only', 'hidden_only'), ('objection', 'objection'), ('asked', 'asked'), ('appeal', 'appeal')], max_length=12)),
                ('state', models.CharField(choices=[('open', 'open'), ('late', 'late'), ('remove', 'remove'), ('block_access', 'block_access'), ('not_harmful', 'not_harmful'), ('moot', 'moot')], default='open', max_length=12)),
                ('asked_by', models.CharField(blank=True, help_text='key of the agency that asked for it by law; empty: none', max_length=64)),
                ('round', models.PositiveSmallIntegerField(default=1, help_text='of voting; a new one when none can end the last')),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='removal.deletionrequest')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='arrival.sighting')),
            ],
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official_id', models.UUIDField()),
                ('why', models.CharField(choices=[('party', 'party'), ('operator', 'operator'), ('earlier', 'earlier'), ('other', 'other')], max_length=12)),
                ('at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='review.review')),
            ],
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('official_id', models.UUIDField()),
                ('decision', models.CharField(choices=[('block_access', 'block_access'), ('not_harmful', 'not_harmful'), ('remove', 'remove')], max_length=12)),
                ('reason', models.CharField(choices=[('no_consent', 'no_consent'), ('manipulated', 'manipulated'), ('minor', 'minor'), ('out_of_reach', 'out_of_reach'), ('lawful', 'lawful'), ('mistaken', 'mistaken')], max_length=16)),
                ('statement', haetae.common.sealed.SealedTextField()),
                ('at', models.DateTimeField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='review.review')),
            ],
        ),
        migrations.CreateModel(
            name='OperatorAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('official_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('review', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='asked_itself', to='review.review')),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('official_id', models.UUIDField()),
                ('decision', models.CharField(choices=[('block_access', 'block_access'), ('not_harmful', 'not_harmful'), ('remove', 'remove')], max_length=12)),
                ('reason', models.CharField(choices=[('no_consent', 'no_consent'), ('manipulated', 'manipulated'), ('minor', 'minor'), ('out_of_reach', 'out_of_reach'), ('lawful', 'lawful'), ('mistaken', 'mistaken')], max_length=16)),
                ('statement', haetae.common.sealed.SealedTextField()),
                ('at', models.DateTimeField()),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.proposal')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='review.review')),
            ],
        ),
        migrations.AddIndex(
            model_name='provisionalblock',
            index=models.Index(condition=models.Q(('state__in', ['claimed', 'hidden', 'kept'])), fields=['ends_at'], name='block_by_its_end'),
        ),
        migrations.AddConstraint(
            model_name='provisionalblock',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['wanted', 'claimed', 'hidden', 'not_done', 'expired', 'lasting', 'lifting', 'kept', 'lift_claimed', 'restored', 'not_back', 'ended'])), name='block_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='provisionalblock',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['ended', 'restored']), _negated=True), fields=('sighting',), name='one_block_a_sighting'),
        ),
        migrations.AddConstraint(
            model_name='provisionalblock',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['claimed', 'hidden', 'kept']), _negated=True), ('begun_at', None), ('ends_at__isnull', False), _connector='OR'), name='what_is_hidden_for_now_has_an_end'),
        ),
        migrations.AddConstraint(
            model_name='blockextension',
            constraint=models.CheckConstraint(condition=models.Q(('why__in', ['decision_near', 'no_quorum', 'minor', 'safety', 'new_evidence'])), name='extension_says_why'),
        ),
        migrations.AddConstraint(
            model_name='blockextension',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='extension_is_forwards'),
        ),
        migrations.AddConstraint(
            model_name='blockextension',
            constraint=models.CheckConstraint(condition=models.Q(('official_id__isnull', False), ('why', 'minor'), _connector='OR'), name='a_clock_extends_for_a_minor_alone'),
        ),
        migrations.AddConstraint(
            model_name='blockextension',
            constraint=models.UniqueConstraint(fields=('block', 'since'), name='a_term_is_extended_once'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('state__in', ['late', 'open'])), fields=['law_ends_at', 'rank', 'opened_at', 'id'], name='review_undecided_in_turn'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('state__in', ['late', 'open'])), fields=['opened_at', 'id'], name='review_undecided_by_age'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'late', 'remove', 'block_access', 'not_harmful', 'moot'])), name='review_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['late', 'open'])), fields=('sighting',), name='one_undecided_review_a_sighting'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('review', 'official_id'), name='a_member_recuses_once'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('review', 'round', 'official_id'), name='a_member_votes_once_a_round'),
        ),
    ]
