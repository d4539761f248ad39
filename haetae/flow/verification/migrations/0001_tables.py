import django.db.models.deletion
import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('verification', '0001_initial'),
        ('verification', '0002_purposes_and_live_once'),
    ]

    dependencies = [
        ('removal', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Probe',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('removal', 'removal'), ('block', 'block'), ('restore', 'restore')], default='removal', max_length=8)),
                ('planned_after', models.CharField(help_text='ISO 8601 duration since the claim, from the pack', max_length=16)),
                ('claim', models.PositiveIntegerField(help_text='1 for the first claim of this kind about this request, one more for each later one')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('gone_once', 'gone_once'), ('live_once', 'live_once'), ('gone', 'gone'), ('live', 'live'), ('unknown', 'unknown')], default='planned', max_length=12)),
                ('unknown_looks', models.PositiveIntegerField(default=0)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='probes', to='removal.deletionrequest')),
            ],
        ),
        migrations.CreateModel(
            name='Sight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('seen', models.CharField(max_length=8)),
                ('page_seen', models.CharField(max_length=8)),
                ('page_why', models.CharField(max_length=64)),
                ('media_seen', models.CharField(max_length=8)),
                ('media_why', models.CharField(max_length=64)),
                ('probe', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sights', to='verification.probe')),
            ],
        ),
        migrations.AddConstraint(
            model_name='probe',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'gone_once', 'live_once', 'gone', 'live', 'unknown'])), name='probe_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='probe',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['removal', 'block', 'restore'])), name='probe_purpose_is_known'),
        ),
        migrations.AddConstraint(
            model_name='probe',
            constraint=models.UniqueConstraint(fields=('request', 'purpose', 'claim', 'planned_after'), name='one_probe_a_point'),
        ),
    ]
