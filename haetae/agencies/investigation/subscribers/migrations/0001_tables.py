import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('subscribers', '0001_first'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SubscriberRequest',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('platform', models.CharField(help_text='name of its host', max_length=120)),
                ('abroad', models.BooleanField()),
                ('basis', models.CharField(help_text='id in the jurisdiction pack', max_length=40)),
                ('instrument', models.CharField(choices=[('platform_form', 'platform_form'), ('mlat', 'mlat'), ('warrant', 'warrant')], max_length=16)),
                ('asked', models.BinaryField(help_text='sealed under the key of the file')),
                ('letters', models.BinaryField(default=b'', help_text='sealed under the key of the file')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('signed', 'signed'), ('dropped', 'dropped'), ('sent', 'sent'), ('acknowledged', 'acknowledged'), ('no_answer', 'no_answer'), ('partly', 'partly'), ('answered', 'answered'), ('refused', 'refused')], default='draft', max_length=12)),
                ('drafted_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SubscriberStep',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('signed', 'signed'), ('dropped', 'dropped'), ('sent', 'sent'), ('acknowledged', 'acknowledged'), ('no_answer', 'no_answer'), ('partly', 'partly'), ('answered', 'answered'), ('refused', 'refused')], max_length=12)),
                ('at', models.DateTimeField(help_text='when it happened')),
                ('noted_at', models.DateTimeField()),
                ('way', models.CharField(blank=True, choices=[('platform_form', 'platform_form'), ('mail', 'mail'), ('letter', 'letter'), ('through_ministry', 'through_ministry')], max_length=20)),
                ('reasons', models.JSONField(default=list, help_text='codes, as the platform said')),
                ('note', models.BinaryField(default=b'', help_text='sealed under the key of the file')),
                ('answer', models.BinaryField(default=b'', help_text='sealed under the key of the file')),
                ('official', models.ForeignKey(help_text='empty: a clock', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='subscribers.subscriberrequest')),
            ],
        ),
        migrations.AddIndex(
            model_name='subscriberrequest',
            index=models.Index(fields=['investigation', 'drafted_at'], name='data_request_of_file'),
        ),
        migrations.AddConstraint(
            model_name='subscriberrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'dropped', 'sent', 'acknowledged', 'no_answer', 'partly', 'answered', 'refused'])), name='data_request_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='subscriberrequest',
            constraint=models.CheckConstraint(condition=models.Q(('instrument__in', ['platform_form', 'mlat', 'warrant'])), name='data_request_instrument_is_known'),
        ),
        migrations.AddConstraint(
            model_name='subscriberrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'dropped']), ('signed_by__isnull', False), _connector='OR'), name='data_request_goes_out_signed'),
        ),
        migrations.AddConstraint(
            model_name='subscriberrequest',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by', None), models.Q(('signed_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='data_request_has_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='subscriberstep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'dropped', 'sent', 'acknowledged', 'no_answer', 'partly', 'answered', 'refused'])), name='data_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='subscriberstep',
            constraint=models.CheckConstraint(condition=models.Q(('answer', b''), ('state__in', ['answered', 'partly']), _connector='OR'), name='data_comes_with_an_answer'),
        ),
    ]
