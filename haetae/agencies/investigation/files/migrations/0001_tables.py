import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('investigations', '0001_files'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Investigation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.BinaryField(help_text='sealed under the key of the file')),
                ('key_for_custodian', models.BinaryField()),
                ('victim', models.CharField(choices=[('adult', 'adult'), ('under_19', 'under_19'), ('unknown', 'unknown')], max_length=12)),
                ('offence', models.CharField(help_text='id in the jurisdiction pack', max_length=40)),
                ('state', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default='open', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='FileOpening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('investigate', 'investigate'), ('prepare_request', 'prepare_request'), ('evidence', 'evidence'), ('hand_over', 'hand_over'), ('check', 'check')], max_length=16)),
                ('at', models.DateTimeField()),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='investigations.investigation')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(help_text='empty while it lasts', null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='investigations.investigation')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='investigation_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='investigation',
            constraint=models.CheckConstraint(condition=models.Q(('victim__in', ['adult', 'under_19', 'unknown'])), name='investigation_victim_is_known'),
        ),
        migrations.AddIndex(
            model_name='fileopening',
            index=models.Index(fields=['investigation', 'official', 'at'], name='file_opening_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='fileopening',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['investigate', 'prepare_request', 'evidence', 'hand_over', 'check'])), name='file_opening_reason_is_known'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='member_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('investigation', 'official'), name='a_member_stands_once'),
        ),
    ]
