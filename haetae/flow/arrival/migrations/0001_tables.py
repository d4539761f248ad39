import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
import haetae.detect.finding
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('arrival', '0001_initial'),
        ('arrival', '0002_upload_checks'),
        ('arrival', '0003_page_digest'),
        ('arrival', '0004_who_is_depicted'),
        ('arrival', '0005_taken_back'),
        ('arrival', '0006_page_digests_of_old'),
        ('arrival', '0007_watching'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='WatchEngine',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='WatchHost',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('engine', models.UUIDField(help_text='the engine that visits it now', null=True)),
                ('vanished', models.PositiveIntegerField(default=0, help_text='places that were gone soon after we found them')),
            ],
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('page_url', haetae.common.sealed.SealedTextField()),
                ('media_url', haetae.common.sealed.SealedTextField()),
                ('locator_digest', models.CharField(max_length=64, unique=True)),
                ('page_digest', models.CharField(blank=True, db_index=True, max_length=64)),
                ('source', models.CharField(choices=[('report', 'report'), ('watch', 'watch'), ('upload_check', 'upload_check')], max_length=16)),
                ('found_at', models.DateTimeField(db_index=True)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('link', haetae.common.sealed.SealedTextField()),
                ('state', models.CharField(choices=[('received', 'received'), ('located', 'located'), ('not_found', 'not_found')], default='received', max_length=12)),
                ('why', models.CharField(blank=True, help_text='code of why nothing was found', max_length=64)),
                ('depicted', models.CharField(choices=[('me', 'me'), ('in_my_care', 'in_my_care'), ('somebody_else', 'somebody_else'), ('unsaid', 'unsaid')], default='unsaid', help_text='who is in the picture, by the word of the person who reports it', max_length=16)),
                ('withdrawn_at', models.DateTimeField(help_text='since then it is no reason to look: whoever sent it has taken it back', null=True)),
                ('received_at', models.DateTimeField()),
                ('form_key', models.UUIDField(help_text='drawn with the form: the same form sent twice is one report', unique=True)),
                ('sightings', models.ManyToManyField(related_name='reports', to='arrival.sighting')),
            ],
        ),
        migrations.CreateModel(
            name='UploadCheck',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('post_id', models.CharField(help_text="the platform's own name of the upload, a code", max_length=64)),
                ('verdict', models.CharField(choices=[('request', 'request'), ('review', 'review'), ('nothing', 'nothing'), ('undetermined', 'undetermined')], max_length=12)),
                ('reasons', models.JSONField(default=list, help_text='codes, the strongest first')),
                ('known_entries', models.JSONField(default=list, help_text='ids of the known pictures that it matched')),
                ('at', models.DateTimeField(db_index=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
                ('sighting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.sighting')),
            ],
        ),
        migrations.CreateModel(
            name='UploadCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('asked', models.PositiveBigIntegerField(default=0)),
                ('refused', models.PositiveBigIntegerField(default=0)),
                ('doubtful', models.PositiveBigIntegerField(default=0)),
                ('undetermined', models.PositiveBigIntegerField(default=0)),
                ('unanswered', models.PositiveBigIntegerField(default=0)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='WatchList',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('on', 'on'), ('paused', 'paused'), ('ended', 'ended')], default='draft', max_length=8)),
                ('name', haetae.common.sealed.SealedTextField()),
                ('name_digest', models.CharField(db_index=True, max_length=64)),
                ('agency', models.CharField(help_text='key of the agency that watches', max_length=24)),
                ('purpose', haetae.common.sealed.SealedTextField()),
                ('basis', models.CharField(help_text='id of a legal basis in the pack', max_length=40)),
                ('until', models.DateTimeField(help_text='it ends by itself then')),
                ('every_s', models.PositiveIntegerField(help_text='how often each named place is visited, in seconds')),
                ('follow_depth', models.PositiveSmallIntegerField(default=0)),
                ('weight', models.PositiveSmallIntegerField(default=1, help_text='risk, 1 to 9: the greater comes first')),
                ('hosts', haetae.common.sealed.SealedTextField(default='', help_text='further hosts to which links are followed, one a line')),
                ('phrases', haetae.common.sealed.SealedTextField(default='', help_text="the agency's own words, one a line")),
                ('size', models.PositiveIntegerField(default=0, help_text='how many places it has')),
                ('full_at', models.DateTimeField(help_text='since when links are left out: too many places', null=True)),
                ('drafted_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('why', haetae.common.sealed.SealedTextField(default='', help_text='of the last pause, end or extension')),
                ('ended', models.CharField(blank=True, choices=[('date', 'date'), ('person', 'person')], max_length=8)),
                ('changed_at', models.DateTimeField()),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(help_text='null: a command did', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('until_by', models.ForeignKey(help_text='who said last until when', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WatchPlace',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('page', 'page'), ('feed', 'feed'), ('sitemap', 'sitemap'), ('channel', 'channel'), ('search', 'search')], max_length=8)),
                ('url', haetae.common.sealed.SealedTextField()),
                ('url_digest', models.CharField(max_length=64)),
                ('named', models.BooleanField(default=False, help_text='the agency named it; else a link led there')),
                ('vanishes', models.BooleanField(default=False, help_text='what is shown there does not stay for long')),
                ('depth', models.PositiveSmallIntegerField(default=0)),
                ('phrases', models.JSONField(default=list, help_text="ids of the list's words that were found at the last visit")),
                ('rank', models.PositiveSmallIntegerField(help_text='visits.rules.rank_of: the smaller first')),
                ('due_at', models.DateTimeField()),
                ('engine', models.UUIDField(help_text='the engine that has the visit', null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('etag', models.CharField(blank=True, max_length=300)),
                ('modified', models.CharField(blank=True, max_length=100)),
                ('last_code', models.CharField(blank=True, help_text='seen, unchanged, or why nothing was', max_length=64)),
                ('misses', models.PositiveIntegerField(default=0, help_text='in a row')),
                ('unchanged', models.PositiveIntegerField(default=0, help_text='visits in a row that showed nothing new')),
                ('pictures', models.PositiveIntegerField(default=0, help_text='shown at the last visit')),
                ('found_at', models.DateTimeField()),
                ('visited_at', models.DateTimeField(null=True)),
                ('gone_at', models.DateTimeField(help_text='since then nobody looks any more', null=True)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='arrival.watchhost')),
                ('watch_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='arrival.watchlist')),
            ],
        ),
        migrations.CreateModel(
            name='WatchLead',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', haetae.common.sealed.SealedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
                ('pages', models.PositiveIntegerField(default=1, help_text='visits at which it was named')),
                ('watch_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='arrival.watchlist')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.watchplace')),
            ],
        ),
        migrations.CreateModel(
            name='WatchFind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('page', 'page'), ('feed', 'feed'), ('sitemap', 'sitemap'), ('channel', 'channel'), ('search', 'search')], max_length=8)),
                ('phrases', models.PositiveSmallIntegerField(default=0, help_text="how many of the list's words stood there")),
                ('at', models.DateTimeField(db_index=True)),
                ('sighting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='watch_find', to='arrival.sighting')),
                ('watch_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finds', to='arrival.watchlist')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.watchplace')),
            ],
        ),
        migrations.CreateModel(
            name='WatchStop',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('why', haetae.common.sealed.SealedTextField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WatchTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('code', models.CharField(help_text='visited, seen, pictures, found, missed:WHY, left_out:WHY', max_length=80)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('watch_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='arrival.watchlist')),
            ],
        ),
        migrations.CreateModel(
            name='HookOutage',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('declared', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], max_length=8)),
                ('began_at', models.DateTimeField(help_text='the last healthy look before it')),
                ('ended_at', models.DateTimeField(null=True)),
                ('unanswered', models.PositiveBigIntegerField(default=0, help_text='questions that we answered with 503')),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('declared__in', ['open', 'closed'])), name='what_it_declared_is_known'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__gte', models.F('began_at')), _connector='OR'), name='outage_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('operator',), name='one_open_outage_an_operator'), models.UniqueConstraint(fields=('operator', 'began_at'), name='an_outage_is_noticed_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='sighting',
            constraint=models.CheckConstraint(condition=models.Q(('source__in', ['report', 'watch', 'upload_check'])), name='source_is_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['received', 'located', 'not_found'])), name='report_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('depicted__in', ['me', 'in_my_care', 'somebody_else', 'unsaid'])), name='report_depicted_is_known'),
        ),
        migrations.AddConstraint(
            model_name='uploadcheck',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', [haetae.detect.finding.Verdict['REQUEST'], haetae.detect.finding.Verdict['REVIEW']])), name='only_what_is_not_plain_is_kept'),
        ),
        migrations.AddConstraint(
            model_name='uploadcount',
            constraint=models.UniqueConstraint(fields=('operator', 'day'), name='one_count_an_operator_a_day'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'on', 'paused', 'ended'])), name='watch_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('drafted_by__isnull', True), ('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='watch_list_is_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['on', 'paused']), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='watch_list_that_runs_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'ended'), ('ended', ''), _connector='XOR'), name='watch_list_says_why_it_ended'),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.CheckConstraint(condition=models.Q(('ended', ''), ('ended__in', ['date', 'person']), _connector='OR'), name='watch_list_end_is_known'),
        ),
        migrations.AddIndex(
            model_name='watchplace',
            index=models.Index(condition=models.Q(('gone_at__isnull', True)), fields=['due_at'], name='watch_place_due'),
        ),
        migrations.AddIndex(
            model_name='watchplace',
            index=models.Index(condition=models.Q(('engine__isnull', False)), fields=['host'], name='watch_place_on_its_way'),
        ),
        migrations.AddIndex(
            model_name='watchplace',
            index=models.Index(fields=['visited_at'], name='watch_place_visited'),
        ),
        migrations.AddConstraint(
            model_name='watchplace',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['page', 'feed', 'sitemap', 'channel', 'search'])), name='watch_place_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='watchplace',
            constraint=models.UniqueConstraint(fields=('watch_list', 'url_digest'), name='a_place_stands_once_on_a_list'),
        ),
        migrations.AddConstraint(
            model_name='watchplace',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('engine__isnull', True), ('leased_until__isnull', True)), models.Q(('engine__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='watch_place_lease_has_an_engine'),
        ),
        migrations.AddConstraint(
            model_name='watchlead',
            constraint=models.UniqueConstraint(fields=('watch_list', 'digest'), name='a_lead_stands_once_on_a_list'),
        ),
        migrations.AddConstraint(
            model_name='watchstop',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('ended_at',), name='all_watching_stops_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='watchtally',
            constraint=models.UniqueConstraint(fields=('watch_list', 'day', 'code'), name='one_tally_a_list_a_day'),
        ),
    ]
