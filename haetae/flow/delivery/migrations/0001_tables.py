import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('delivery', '0001_initial'),
        ('delivery', '0002_take_over_attempts'),
        ('delivery', '0003_notices'),
        ('delivery', '0004_remedies'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('delete', 'delete'), ('block', 'block'), ('restore', 'restore'), ('remedy', 'remedy'), ('lift', 'lift')], max_length=8)),
                ('subject_id', models.UUIDField(help_text='the deletion request or provisional block that it belongs to')),
                ('sighting_id', models.UUIDField()),
                ('key', models.UUIDField(help_text='idempotency key', unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('delivered', 'delivered'), ('dead', 'dead'), ('no_channel', 'no_channel'), ('stopped', 'stopped')], default='waiting', max_length=12)),
                ('tries', models.PositiveIntegerField(default=0, help_text='failed attempts since it last began to wait')),
                ('waiting_since', models.DateTimeField()),
                ('channel', models.CharField(blank=True, help_text='connector of the newest attempt: by which way it was said', max_length=32)),
                ('notice', haetae.common.sealed.SealedTextOrNoneField(help_text='the document notice/1 as it goes out, written before the first attempt', null=True)),
                ('operator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, help_text='code; empty while under way or after a crash', max_length=64)),
                ('may_have_arrived', models.BooleanField(default=True)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='delivery.delivery')),
            ],
        ),
        migrations.CreateModel(
            name='Breaker',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('gate', models.CharField(choices=[('closed', 'closed'), ('open', 'open'), ('half_open', 'half_open')], default='closed', max_length=12)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('openings', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('trial_at', models.DateTimeField(help_text='when the next delivery may be tried', null=True)),
                ('trial', models.UUIDField(help_text='the delivery that is being tried while half open', null=True)),
                ('last_failure', models.CharField(blank=True, help_text='code of the newest failure', max_length=64)),
                ('operator', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('gate__in', ['closed', 'open', 'half_open'])), name='breaker_gate_is_known')],
            },
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['operator'], name='delivery_waiting_by_operator'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'dead', 'no_channel', 'stopped'])), name='delivery_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_id'), name='one_delivery_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('delivery', 'number'), name='attempts_of_a_delivery_are_numbered'),
        ),
    ]
