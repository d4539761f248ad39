import django.db.models.deletion
import haetae.common.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('looks', '0001_initial'),
        ('looks', '0002_before_a_decision'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('assessment', '0001_tables'),
        ('review', '0001_tables'),
        ('tasks', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('begun', 'begun'), ('taken', 'taken'), ('shown', 'shown'), ('failed', 'failed')], default='begun', max_length=8)),
                ('reason', models.CharField(choices=[('check_match', 'check_match'), ('check_report', 'check_report'), ('check_models', 'check_models'), ('decide', 'decide')], max_length=16)),
                ('step', models.CharField(choices=[('blurred', 'blurred'), ('clearer', 'clearer')], max_length=8)),
                ('begun_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(null=True)),
                ('shown_at', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, help_text='code of why there was nothing to show', max_length=64)),
                ('answer', models.CharField(blank=True, choices=[('match', 'match'), ('something_else', 'something_else'), ('cannot_tell', 'cannot_tell'), ('handed_on', 'handed_on')], max_length=16)),
                ('altered', models.BooleanField(default=False, help_text='the looker says that it is visibly altered')),
                ('minor', models.BooleanField(default=False, help_text='the looker says that somebody in it looks like a minor')),
                ('answered_at', models.DateTimeField(null=True)),
                ('assessment', models.ForeignKey(help_text='the examination about which somebody is to say', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessment.assessment')),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to=settings.AUTH_USER_MODEL)),
                ('review', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='review.review')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.sighting')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task')),
            ],
            options={
                'indexes': [models.Index(fields=['official', 'begun_at'], name='look_by_official')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['begun', 'taken', 'shown', 'failed'])), name='look_state_is_known'), models.CheckConstraint(condition=models.Q(('reason__in', ['check_match', 'check_report', 'check_models', 'decide'])), name='look_reason_is_known'), models.CheckConstraint(condition=models.Q(('step__in', ['blurred', 'clearer'])), name='look_step_is_known'), models.CheckConstraint(condition=models.Q(('answer__in', ['', 'match', 'something_else', 'cannot_tell', 'handed_on'])), name='look_answer_is_known'), models.CheckConstraint(condition=models.Q(('task__isnull', True), ('review__isnull', True), _connector='XOR'), name='look_for_a_task_or_a_review'), models.CheckConstraint(condition=models.Q(models.Q(('altered', False), ('minor', False)), models.Q(('review__isnull', False), ('state', 'shown')), _connector='OR'), name='look_marks_what_was_seen'), models.CheckConstraint(condition=models.Q(('state', 'begun'), ('taken_at__isnull', False), _connector='XOR'), name='look_is_taken_once'), models.CheckConstraint(condition=models.Q(('state', 'shown'), ('shown_at__isnull', True), _connector='XOR'), name='look_is_shown_once')],
            },
        ),
    ]
