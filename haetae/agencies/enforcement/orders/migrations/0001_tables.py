import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('orders', '0001_initial'),
        ('orders', '0002_items_and_service'),
        ('orders', '0003_decided_since'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('removal', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectiveOrder',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(choices=[('decision_ignored', 'decision_ignored'), ('claim_false', 'claim_false'), ('overdue', 'overdue'), ('duty', 'duty')], max_length=20)),
                ('duty', models.CharField(blank=True, help_text='id of a duty in the jurisdiction pack', max_length=32)),
                ('reasons', haetae.common.sealed.SealedTextField(default='', help_text='why, in the words of whoever drafted it')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('prior_opinion', 'prior_opinion'), ('issued', 'issued'), ('complied', 'complied'), ('not_complied', 'not_complied'), ('moot', 'moot'), ('dropped', 'dropped')], default='draft', max_length=16)),
                ('drafted_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(null=True)),
                ('served_at', models.DateTimeField(help_text='when it reached the operator', null=True)),
                ('served_by', models.CharField(blank=True, choices=[('mail', 'mail'), ('desk', 'desk'), ('letter', 'letter')], max_length=8)),
                ('comply_by', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issued_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='accounts.operator')),
            ],
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('complied', models.BooleanField()),
                ('after', models.CharField(choices=[('draft', 'draft'), ('prior_opinion', 'prior_opinion'), ('issued', 'issued'), ('complied', 'complied'), ('not_complied', 'not_complied'), ('moot', 'moot'), ('dropped', 'dropped')], help_text='how the order stood then', max_length=16)),
                ('at', models.DateTimeField()),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='orders.correctiveorder')),
            ],
        ),
        migrations.CreateModel(
            name='OrderItem',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('is_open', models.BooleanField(default=True, help_text='whether its order stands and it is still in it')),
                ('taken_out_at', models.DateTimeField(null=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='orders.correctiveorder')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='removal.deletionrequest')),
            ],
        ),
        migrations.AddConstraint(
            model_name='correctiveorder',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'prior_opinion', 'issued', 'complied', 'not_complied', 'moot', 'dropped'])), name='order_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='correctiveorder',
            constraint=models.CheckConstraint(condition=models.Q(('issued_by__isnull', True), models.Q(('issued_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='order_is_signed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='correctiveorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('issued_at__isnull', False), ('issued_by__isnull', False), ('state__in', ['issued', 'complied', 'not_complied', 'moot'])), models.Q(models.Q(('state__in', ['issued', 'complied', 'not_complied', 'moot']), _negated=True), ('issued_by__isnull', True)), _connector='OR'), name='order_in_force_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='correctiveorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground', 'duty'), models.Q(('duty', ''), _negated=True)), models.Q(models.Q(('ground', 'duty'), _negated=True), ('duty', '')), _connector='OR'), name='order_names_a_duty_or_none'),
        ),
        migrations.AddConstraint(
            model_name='correctiveorder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('served_at__isnull', True), ('served_by', '')), models.Q(('served_at__isnull', False), ('served_by__in', ['mail', 'desk', 'letter'])), _connector='OR'), name='order_says_how_it_was_served'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('order', 'official', 'after'), name='an_official_finds_once'),
        ),
        migrations.AddConstraint(
            model_name='orderitem',
            constraint=models.UniqueConstraint(fields=('order', 'request'), name='a_request_stands_once_in_an_order'),
        ),
        migrations.AddConstraint(
            model_name='orderitem',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('request',), name='a_request_stands_in_one_open_order'),
        ),
    ]
