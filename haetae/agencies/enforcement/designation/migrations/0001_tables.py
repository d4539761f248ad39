import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('designation', '0001_initial'),
        ('designation', '0002_channel_shown'),
    ]

    dependencies = [
        ('accounts', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Designation',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('hearing', 'hearing'), ('designated', 'designated'), ('complied', 'complied'), ('not_complied', 'not_complied'), ('ended', 'ended'), ('dropped', 'dropped')], default='proposed', max_length=16)),
                ('reason', haetae.common.sealed.SealedTextField(help_text='why, in the words of whoever proposes it')),
                ('daily_users', models.BigIntegerField(help_text='what was known when it was proposed')),
                ('users_on', models.DateField(help_text='from when on that number holds')),
                ('users_found', models.BooleanField(help_text="an official found it; otherwise the operator's own word")),
                ('proposed_at', models.DateTimeField()),
                ('designated_at', models.DateTimeField(null=True)),
                ('name_by', models.DateTimeField(help_text='by when an officer and a hotline are asked for', null=True)),
                ('complied_at', models.DateTimeField(null=True)),
                ('why_ended', models.CharField(blank=True, choices=[('below_size', 'below_size'), ('no_open_channels', 'no_open_channels'), ('closed_down', 'closed_down'), ('in_error', 'in_error')], max_length=20)),
                ('changed_at', models.DateTimeField()),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='designations', to='accounts.operator')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='HotlineQuestion',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('designation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='designation.designation')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OpenChannel',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('link', haetae.common.sealed.SealedTextField()),
                ('digest', models.CharField(max_length=64)),
                ('seen_on', models.CharField(choices=[('web_page', 'web_page'), ('search_result', 'search_result'), ('public_post', 'public_post'), ('service_listing', 'service_listing')], max_length=16)),
                ('source', haetae.common.sealed.SealedTextField(help_text='where exactly it stood in public')),
                ('first_seen_on', models.DateField()),
                ('last_seen_on', models.DateField()),
                ('times_seen', models.PositiveIntegerField(default=1)),
                ('title', haetae.common.sealed.SealedTextField(default='', help_text='as it was published, when it was last seen')),
                ('subscribers', models.PositiveBigIntegerField(help_text='as was shown when it was last seen', null=True)),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('operator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='open_channels', to='accounts.operator')),
            ],
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'hearing', 'designated', 'complied', 'not_complied', 'ended', 'dropped'])), name='designation_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by__isnull', True), models.Q(('signed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='designation_is_signed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('designated_at__isnull', False), ('signed_by__isnull', False), ('state__in', ['complied', 'designated', 'ended', 'not_complied'])), models.Q(models.Q(('state__in', ['complied', 'designated', 'ended', 'not_complied']), _negated=True), ('designated_at__isnull', True), ('signed_by__isnull', True)), _connector='OR'), name='designation_in_force_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'ended'), ('why_ended', ''), _connector='XOR'), name='designation_ended_says_why'),
        ),
        migrations.AddConstraint(
            model_name='designation',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['complied', 'designated', 'hearing', 'not_complied', 'proposed'])), fields=('operator',), name='one_open_designation'),
        ),
        migrations.AddConstraint(
            model_name='hotlinequestion',
            constraint=models.CheckConstraint(condition=models.Q(('answered_at__isnull', True), ('answered_at__gte', models.F('asked_at')), _connector='OR'), name='hotline_answers_after_it_is_asked'),
        ),
        migrations.AddConstraint(
            model_name='hotlinequestion',
            constraint=models.UniqueConstraint(fields=('designation', 'asked_at'), name='one_question_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='openchannel',
            constraint=models.UniqueConstraint(fields=('operator', 'digest'), name='an_open_channel_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='openchannel',
            constraint=models.CheckConstraint(condition=models.Q(('last_seen_on__gte', models.F('first_seen_on'))), name='open_channel_seen_in_order'),
        ),
    ]
