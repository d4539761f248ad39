import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('appeals', '0001_initial'),
    ]

    dependencies = [
        ('removal', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('by', models.CharField(choices=[('poster', 'poster'), ('operator', 'operator')], max_length=8)),
                ('ground', models.CharField(choices=[('consent', 'consent'), ('mistaken', 'mistaken'), ('lawful', 'lawful'), ('other', 'other')], max_length=12)),
                ('statement', haetae.common.sealed.SealedTextField()),
                ('state', models.CharField(choices=[('filed', 'filed'), ('under_review', 'under_review'), ('upheld', 'upheld'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('moot', 'moot')], default='filed', max_length=12)),
                ('changes', models.PositiveSmallIntegerField(default=0, help_text='how often its text was changed')),
                ('review_id', models.UUIDField(help_text='the review that decides about it', null=True)),
                ('filed_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('official', models.ForeignKey(help_text='who passed it on at the operator', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='removal.deletionrequest')),
            ],
            options={
                'indexes': [models.Index(fields=['review_id'], name='appeal_by_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'under_review', 'upheld', 'rejected', 'withdrawn', 'moot'])), name='appeal_state_is_known'), models.UniqueConstraint(fields=('request',), name='one_appeal_a_request')],
            },
        ),
    ]
