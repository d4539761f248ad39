import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_delegations_and_upload_check'),
        ('accounts', '0003_lists_partners_and_keys'),
        ('accounts', '0004_who_looks_at_minors'),
        ('accounts', '0005_who_keeps_evidence'),
        ('accounts', '0006_operators_seats_and_signing_keys'),
        ('accounts', '0007_operators_that_applied'),
        ('accounts', '0008_more_roles'),
        ('accounts', '0009_handed_over'),
        ('accounts', '0010_roles_of_investigations'),
        ('accounts', '0011_education_officers'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='a code; also its user name at our doors', max_length=64, unique=True)),
                ('takes_tier', models.PositiveSmallIntegerField(default=2, help_text='lowest tier of the hashes that it receives')),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Official',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='OneTimeSignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Operator',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('connector', models.CharField(help_text='folder in haetae/connectors that speaks with it', max_length=32)),
                ('origin', models.CharField(help_text='exact public origin, as https://board.example; registering it lets connectors reach it', max_length=255, unique=True)),
                ('secret_name', models.CharField(blank=True, help_text='key file that holds its token', max_length=64)),
                ('kind', models.CharField(choices=[('platform', 'Platform'), ('host', 'Host'), ('cdn', 'Cdn'), ('search', 'Search'), ('access_provider', 'Access Provider')], default='platform', max_length=16)),
                ('jurisdiction', models.CharField(default='kr', help_text='pack whose law it answers to', max_length=8)),
                ('zone', models.CharField(default='Asia/Seoul', help_text='time zone of its desk', max_length=64)),
                ('language', models.CharField(default='en', help_text='in which it is written to', max_length=8)),
                ('endpoint', models.CharField(blank=True, help_text='exact address at which its system takes requests', max_length=500)),
                ('mailbox', models.CharField(blank=True, help_text="its desk's address for mail", max_length=254)),
                ('public_only', models.BooleanField(default=False, help_text='it asked to be reached by us itself, so its origin opens no way to addresses that are not public')),
                ('watched_every_s', models.PositiveIntegerField(help_text='how often its public pages are looked at, in seconds; empty: never', null=True)),
                ('upload_check', models.CharField(blank=True, choices=[('open', 'Open'), ('closed', 'Closed')], help_text='what it does with uploads while our check gives no answer; empty: it does not ask us', max_length=8)),
                ('upload_check_digest', models.CharField(blank=True, help_text='SHA-256 of the token with which it asks before it publishes', max_length=64)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['platform', 'host', 'cdn', 'search', 'access_provider'])), name='operator_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='case, referral, hearing, order, sanction', max_length=16)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='the administrator who said so', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('left', models.ForeignKey(help_text='who had it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carries_on', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('left', models.F('to')), _negated=True), name='handed_over_to_another')],
            },
        ),
        migrations.CreateModel(
            name='BlockDelegation',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(help_text='number of the agreement, as a code', max_length=80)),
                ('since', models.DateField()),
                ('until', models.DateField(help_text='last day, or empty while it lasts', null=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='block_delegations', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='delegation_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('operator',), name='one_lasting_delegation')],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(choices=[('scan', 'Scan'), ('lists_read', 'Lists Read'), ('lists_write', 'Lists Write'), ('operate', 'Operate')], max_length=16)),
                ('digest', models.CharField(help_text='SHA-256 of the secret', max_length=64, unique=True)),
                ('per_minute', models.PositiveIntegerField(help_text='hashes or files it may ask about, or pages it may read')),
                ('issued_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='accounts.operator')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='api_keys', to='accounts.partner')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('operator__isnull', True), ('partner__isnull', True), _connector='XOR'), name='key_has_one_holder'), models.CheckConstraint(condition=models.Q(('scope__in', ['scan', 'lists_read', 'lists_write', 'operate'])), name='key_scope_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('counsellor', 'counsellor'), ('child_protection_counsellor', 'child_protection_counsellor'), ('detection_analyst', 'detection_analyst'), ('reviewer', 'reviewer'), ('child_protection_reviewer', 'child_protection_reviewer'), ('commission_member', 'commission_member'), ('regulator', 'regulator'), ('police_officer', 'police_officer'), ('police_approver', 'police_approver'), ('evidence_custodian', 'evidence_custodian'), ('prosecutor', 'prosecutor'), ('judge', 'judge'), ('oversight', 'oversight'), ('recovery_officer', 'recovery_officer'), ('auditor', 'auditor'), ('policy_lead', 'policy_lead'), ('education_officer', 'education_officer'), ('education_supervisor', 'education_supervisor'), ('agency_administrator', 'agency_administrator'), ('operator_moderator', 'operator_moderator'), ('operator_administrator', 'operator_administrator')], max_length=32)),
                ('agency', models.CharField(blank=True, help_text='key of the agency in the jurisdiction pack', max_length=64)),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, help_text='last day, or empty while it lasts', null=True)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='seat_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('agency', ''), ('operator__isnull', False)), models.Q(models.Q(('agency', ''), _negated=True), ('operator__isnull', True)), _connector='OR'), name='seat_is_in_an_agency_or_at_an_operator')],
            },
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('use', models.CharField(choices=[('we_v1', 'We Sign Shared'), ('they_v1', 'They Sign Shared'), ('they_v1a', 'They Sign Public')], max_length=8)),
                ('secret', haetae.common.sealed.SealedTextField(help_text='whsec_ and base64; empty where the key is theirs alone')),
                ('public_key', models.CharField(blank=True, help_text='whpk_ and base64; of theirs alone', max_length=64)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signing_keys', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('use__in', ['we_v1', 'they_v1', 'they_v1a'])), name='signing_key_use_is_known'), models.CheckConstraint(condition=models.Q(('use', 'they_v1a'), ('public_key', ''), _connector='XOR'), name='signing_key_is_shared_or_public')],
            },
        ),
    ]
