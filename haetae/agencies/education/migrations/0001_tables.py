import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('education', '0001_first'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Institution',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('kindergarten', 'kindergarten'), ('childcare', 'childcare'), ('school', 'school'), ('university', 'university'), ('youth_facility', 'youth_facility'), ('central_agency', 'central_agency'), ('local_government', 'local_government'), ('education_office', 'education_office'), ('public_body', 'public_body')], max_length=20)),
                ('office', models.CharField(blank=True, help_text='the education office over it, or none', max_length=120)),
                ('staff', models.PositiveIntegerField()),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('withheld', 'withheld'), ('noted', 'noted'), ('told', 'told'), ('planned', 'planned'), ('returned', 'returned'), ('accepted', 'accepted')], max_length=12)),
                ('category', models.CharField(choices=[('forged', 'forged'), ('filmed', 'filmed'), ('spread', 'spread'), ('threatened', 'threatened'), ('other', 'other')], max_length=12)),
                ('known_on', models.DateField()),
                ('by_head', models.BooleanField()),
                ('wish', models.CharField(choices=[('no_objection', 'no_objection'), ('objects', 'objects'), ('could_not_ask', 'could_not_ask')], max_length=16)),
                ('noted_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('plan_due_at', models.DateTimeField(help_text='by the law', null=True)),
                ('is_late', models.BooleanField(default=False, help_text="the law's time for the plan passed without one")),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='education.institution')),
            ],
        ),
        migrations.CreateModel(
            name='DutyMet',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('by_role', models.CharField(choices=[('head', 'head'), ('teacher', 'teacher'), ('counsellor', 'counsellor'), ('nurse', 'nurse'), ('other_staff', 'other_staff')], max_length=12)),
                ('learnt_on', models.DateField()),
                ('told_on', models.DateField()),
                ('told', models.CharField(choices=[('call', 'call'), ('online', 'online'), ('in_person', 'in_person')], max_length=12)),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties_met', to='education.institution')),
            ],
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='education.institution')),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('official', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', haetae.common.sealed.SealedTextField()),
                ('sent_at', models.DateTimeField()),
                ('why', haetae.common.sealed.SealedTextField(default='', help_text='why it was returned')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='education.incident')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('recorded', 'recorded'), ('withdrawn', 'withdrawn')], default='recorded', max_length=12)),
                ('on', models.DateField()),
                ('method', models.CharField(choices=[('lecture', 'lecture'), ('discussion', 'discussion'), ('film', 'film'), ('online', 'online'), ('booth', 'booth')], max_length=12)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('learners', models.PositiveIntegerField()),
                ('staff', models.PositiveIntegerField()),
                ('parents', models.PositiveIntegerField()),
                ('head_was_there', models.BooleanField()),
                ('lessons', models.JSONField(default=dict, help_text='audience of each lesson, and the day of its text')),
                ('content', models.CharField(blank=True, help_text='what else was taught', max_length=400)),
                ('list_kept', models.CharField(help_text='where the institution keeps the list of names', max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('why_withdrawn', models.CharField(blank=True, max_length=400)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='education.institution')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Year',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('open', 'open'), ('missing', 'missing'), ('sent', 'sent'), ('returned', 'returned'), ('accepted', 'accepted')], default='open', max_length=12)),
                ('due_at', models.DateTimeField()),
                ('figures', models.JSONField(null=True)),
                ('session_ids', models.JSONField(default=list)),
                ('measures', models.CharField(blank=True, help_text='guideline and prevention, in words', max_length=1000)),
                ('sent_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('why', models.CharField(blank=True, help_text='why it was returned', max_length=1000)),
                ('poor', models.JSONField(default=list, help_text='why teaching counts as poor, by rule')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='education.institution')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('ordered', 'ordered'), ('late', 'late'), ('done', 'done'), ('dropped', 'dropped')], default='proposed', max_length=12)),
                ('proposed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('done_on', models.DateField(null=True)),
                ('ordered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('year', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='education.year')),
            ],
        ),
        migrations.AddConstraint(
            model_name='institution',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['kindergarten', 'childcare', 'school', 'university', 'youth_facility', 'central_agency', 'local_government', 'education_office', 'public_body'])), name='institution_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='institution',
            constraint=models.CheckConstraint(condition=models.Q(('staff__gt', 0)), name='institution_has_staff'),
        ),
        migrations.AddConstraint(
            model_name='institution',
            constraint=models.UniqueConstraint(fields=('name', 'office'), name='one_institution_of_a_name'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['withheld', 'noted', 'told', 'planned', 'returned', 'accepted'])), name='incident_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['forged', 'filmed', 'spread', 'threatened', 'other']), ('wish__in', ['no_objection', 'objects', 'could_not_ask'])), name='incident_says_what_is_known'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('wish', 'objects'), _negated=True), ('state', 'withheld'), _connector='OR'), name='what_the_person_objects_to_is_not_told'),
        ),
        migrations.AddConstraint(
            model_name='incident',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['returned', 'told']), _negated=True), models.Q(('plan_due_at__isnull', False), ('told_at__isnull', False)), _connector='OR'), name='plan_that_is_owed_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='dutymet',
            constraint=models.CheckConstraint(condition=models.Q(('by_role__in', ['head', 'teacher', 'counsellor', 'nurse', 'other_staff']), ('told__in', ['call', 'online', 'in_person'])), name='duty_met_says_what_is_known'),
        ),
        migrations.AddConstraint(
            model_name='dutymet',
            constraint=models.CheckConstraint(condition=models.Q(('told_on__gte', models.F('learnt_on'))), name='duty_met_after_learning'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('official',), name='one_institution_for_an_officer'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['recorded', 'withdrawn'])), name='session_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('method__in', ['lecture', 'discussion', 'film', 'online', 'booth'])), name='session_method_is_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='session_lasts'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('learners__gt', 0), ('staff__gt', 0), ('parents__gt', 0), _connector='OR'), name='session_taught_somebody'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'withdrawn'), ('why_withdrawn', ''), _connector='XOR'), name='session_is_withdrawn_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='year',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'missing', 'sent', 'returned', 'accepted'])), name='year_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='year',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'missing']), models.Q(('figures__isnull', False), ('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='year_that_was_sent_has_figures'),
        ),
        migrations.AddConstraint(
            model_name='year',
            constraint=models.UniqueConstraint(fields=('institution', 'year'), name='one_report_a_year'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'ordered', 'late', 'done', 'dropped'])), name='training_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('ordered_by__isnull', True), models.Q(('ordered_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='training_is_ordered_by_another'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'dropped']), models.Q(('due_at__isnull', False), ('ordered_by__isnull', False)), _connector='OR'), name='training_that_runs_was_ordered'),
        ),
        migrations.AddConstraint(
            model_name='training',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'done'), ('done_on__isnull', True), _connector='XOR'), name='training_done_has_a_day'),
        ),
    ]
