import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('recovery', '0001_recovery'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('drafted', 'drafted'), ('signed', 'signed'), ('served', 'served'), ('overdue', 'overdue'), ('paid', 'paid'), ('withdrawn', 'withdrawn')], default='drafted', max_length=12)),
                ('name', haetae.common.sealed.SealedTextField(help_text='who has to pay')),
                ('address', haetae.common.sealed.SealedTextField(help_text='where the notice goes')),
                ('decision', haetae.common.sealed.SealedTextField(help_text='the court and the number of its decision')),
                ('decided_on', models.DateField(help_text='the day of that decision')),
                ('pay_to', haetae.common.sealed.SealedTextField(help_text='to which account, as the notice says')),
                ('won', models.PositiveBigIntegerField(help_text='whole won, the sum of its lines')),
                ('drafted_at', models.DateTimeField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('served_on', models.DateField(null=True)),
                ('served_by', models.CharField(blank=True, choices=[('post', 'post'), ('hand', 'hand'), ('publication', 'publication')], max_length=12)),
                ('pay_by', models.DateTimeField(null=True)),
                ('why_withdrawn', haetae.common.sealed.SealedTextField(default='')),
                ('changed_at', models.DateTimeField()),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ChargePlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stands', models.BooleanField(default=True)),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='recovery.charge')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.sighting')),
            ],
        ),
        migrations.CreateModel(
            name='Paid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('won', models.PositiveBigIntegerField()),
                ('paid_on', models.DateField()),
                ('reference', models.CharField(max_length=60)),
                ('noted_at', models.DateTimeField()),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='recovery.charge')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UnitCost',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('work', models.CharField(choices=[('examination', 'examination'), ('request', 'request'), ('look', 'look')], max_length=12)),
                ('won', models.PositiveBigIntegerField(help_text='whole won')),
                ('since', models.DateField(help_text='the first day on which work costs this')),
                ('source', haetae.common.sealed.SealedTextField(help_text="on what the ministry's number rests")),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ChargeLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pieces', models.PositiveIntegerField()),
                ('records', models.JSONField(default=list)),
                ('won', models.PositiveBigIntegerField()),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='recovery.charge')),
                ('cost', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recovery.unitcost')),
            ],
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'signed', 'served', 'overdue', 'paid', 'withdrawn'])), name='charge_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='charge_is_a_sum'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='charge_is_signed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['overdue', 'paid', 'served', 'signed']), _negated=True), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='charge_that_is_out_was_signed'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['overdue', 'paid', 'served']), _negated=True), models.Q(('pay_by__isnull', False), ('served_by__in', ['post', 'hand', 'publication']), ('served_on__isnull', False)), _connector='OR'), name='charge_that_runs_was_served'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'withdrawn'), ('withdrawn_by__isnull', True), _connector='XOR'), name='charge_is_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='chargeplace',
            constraint=models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('sighting',), name='a_place_is_charged_once'),
        ),
        migrations.AddConstraint(
            model_name='paid',
            constraint=models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='paid_is_a_sum'),
        ),
        migrations.AddConstraint(
            model_name='paid',
            constraint=models.UniqueConstraint(fields=('charge', 'reference'), name='a_payment_of_a_charge_is_noted_once'),
        ),
        migrations.AddConstraint(
            model_name='unitcost',
            constraint=models.CheckConstraint(condition=models.Q(('work__in', ['examination', 'request', 'look'])), name='unit_cost_work_is_known'),
        ),
        migrations.AddConstraint(
            model_name='unitcost',
            constraint=models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='unit_cost_is_a_sum'),
        ),
        migrations.AddConstraint(
            model_name='unitcost',
            constraint=models.UniqueConstraint(fields=('work', 'since'), name='one_unit_cost_a_day'),
        ),
        migrations.AddConstraint(
            model_name='chargeline',
            constraint=models.UniqueConstraint(fields=('charge', 'cost'), name='one_line_a_price'),
        ),
        migrations.AddConstraint(
            model_name='chargeline',
            constraint=models.CheckConstraint(condition=models.Q(('pieces__gt', 0), ('won__gt', 0)), name='charge_line_is_a_sum'),
        ),
    ]
