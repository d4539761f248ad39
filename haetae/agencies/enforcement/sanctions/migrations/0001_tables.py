import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('sanctions', '0001_initial'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        ('orders', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Sanction',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('surcharge', 'surcharge'), ('fine', 'fine')], max_length=12)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('hearing', 'hearing'), ('decided', 'decided'), ('notified', 'notified'), ('paid', 'paid'), ('contested', 'contested'), ('upheld', 'upheld'), ('changed', 'changed'), ('annulled', 'annulled'), ('dropped', 'dropped')], default='proposed', max_length=12)),
                ('article', models.CharField(help_text='id of the sanction in the jurisdiction pack', max_length=40)),
                ('failed_on', models.DateField(help_text='the day by which the law in force is chosen')),
                ('amount', models.BigIntegerField(help_text='whole won, as the newest worksheet says')),
                ('intent', haetae.common.sealed.SealedTextField(default='', help_text='what shows that it was on purpose; only for a surcharge')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('served_on', models.DateField(null=True)),
                ('served_by', models.CharField(blank=True, choices=[('desk', 'desk'), ('mail', 'mail'), ('letter', 'letter')], max_length=8)),
                ('pay_by', models.DateTimeField(null=True)),
                ('contest_by', models.DateTimeField(null=True)),
                ('contested_at', models.DateTimeField(null=True)),
                ('contest', haetae.common.sealed.SealedTextField(default='', help_text='what the operator says against it')),
                ('conclusion', haetae.common.sealed.SealedTextField(default='', help_text='why it is upheld, changed or annulled')),
                ('changed_at', models.DateTimeField()),
                ('concluded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='accounts.operator')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanctions', to='orders.correctiveorder')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('is_back', models.BooleanField(default=False, help_text='whether it was paid back')),
                ('amount', models.BigIntegerField()),
                ('reference', models.CharField(max_length=60)),
                ('paid_on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='sanctions.sanction')),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('content', haetae.common.sealed.SealedTextField(help_text='canonical JSON, out of which the sum can be worked out again')),
                ('digest', models.CharField(help_text='SHA-256 of the content', max_length=64)),
                ('amount', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sanction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='sanctions.sanction')),
            ],
        ),
        migrations.AddIndex(
            model_name='sanction',
            index=models.Index(fields=['operator', 'kind'], name='sanctions_of_an_operator'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'hearing', 'decided', 'notified', 'paid', 'contested', 'upheld', 'changed', 'annulled', 'dropped'])), name='sanction_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['surcharge', 'fine'])), name='sanction_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='sanction_is_a_sum'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='sanction_is_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(('concluded_by__isnull', True), models.Q(models.Q(('concluded_by', models.F('proposed_by')), _negated=True), models.Q(('concluded_by', models.F('decided_by')), _negated=True)), _connector='OR'), name='sanction_is_concluded_by_a_third'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('state__in', ['hearing', 'proposed'])), models.Q(('decided_by__isnull', True), ('state', 'dropped')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='sanction_beyond_the_hearing_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['annulled', 'changed', 'contested', 'notified', 'paid', 'upheld']), _negated=True), models.Q(('contest_by__isnull', False), ('served_by__in', ['desk', 'mail', 'letter']), ('served_on__isnull', False)), _connector='OR'), name='sanction_that_runs_was_served'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['annulled', 'changed', 'upheld']), _negated=True), ('concluded_by__isnull', False), _connector='OR'), name='sanction_with_an_outcome_was_concluded'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'surcharge'), models.Q(('state__in', ['annulled', 'dropped']), _negated=True)), fields=('order',), name='one_surcharge_for_one_order'),
        ),
        migrations.AddConstraint(
            model_name='sanction',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'fine'), models.Q(('state__in', ['annulled', 'dropped']), _negated=True)), fields=('order', 'article'), name='one_fine_for_one_order_and_article'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_is_a_sum'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(fields=('sanction', 'is_back', 'reference'), name='a_payment_is_noted_once'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.UniqueConstraint(fields=('sanction', 'number'), name='sheets_are_numbered'),
        ),
    ]
