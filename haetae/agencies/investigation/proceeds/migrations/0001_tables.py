import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('proceeds', '0001_proceeds'),
    ]

    dependencies = [
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proceeds',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('traced', 'traced'), ('proposed', 'proposed'), ('adopted', 'adopted'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='traced', max_length=12)),
                ('form', models.CharField(choices=[('money', 'money'), ('crypto', 'crypto'), ('credit', 'credit'), ('thing', 'thing'), ('other', 'other')], max_length=8)),
                ('what', models.BinaryField(help_text='sealed under the key of the file, as all texts here')),
                ('where', models.BinaryField(help_text='where it lies, and who holds it')),
                ('won', models.BinaryField(help_text='its worth in whole won; empty: nobody knows yet', null=True)),
                ('offence', models.CharField(help_text='id in the jurisdiction pack', max_length=40)),
                ('offence_on', models.DateField(help_text='the day of the deed, which chooses the law')),
                ('traced_at', models.DateTimeField()),
                ('reason', models.BinaryField(help_text='why it is proposed', null=True)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('decision', models.BinaryField(help_text='why it was decided so', null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proceeds', to='investigations.investigation')),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('traced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['traced', 'proposed', 'adopted', 'declined', 'withdrawn'])), name='proceeds_state_is_known'), models.CheckConstraint(condition=models.Q(('form__in', ['money', 'crypto', 'credit', 'thing', 'other'])), name='proceeds_form_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['adopted', 'declined', 'proposed']), _negated=True), models.Q(('proposed_by__isnull', False), ('reason__isnull', False)), _connector='OR'), name='proceeds_laid_open_were_proposed'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', False), ('decision__isnull', False), ('state__in', ['adopted', 'declined'])), models.Q(models.Q(('state__in', ['adopted', 'declined']), _negated=True), ('decided_by__isnull', True), ('decision__isnull', True)), _connector='OR'), name='proceeds_with_an_outcome_were_decided'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(models.Q(('decided_by', models.F('traced_by')), _negated=True), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='proceeds_are_decided_by_another')],
            },
        ),
    ]
