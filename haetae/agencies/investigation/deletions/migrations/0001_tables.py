import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('deletions', '0001_first'),
    ]

    dependencies = [
        ('arrival', '0001_tables'),
        ('investigations', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeletionWord',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('said', models.BinaryField(help_text='sealed under the key of the file')),
                ('centre_too', models.BooleanField()),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('asked', 'asked'), ('not_found', 'not_found')], default='waiting', max_length=12)),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
                ('report', models.ForeignKey(help_text='by which an address that nobody knew is opened', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.report')),
            ],
        ),
        migrations.CreateModel(
            name='DeletionPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sighting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='arrival.sighting')),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='deletions.deletionword')),
            ],
        ),
        migrations.AddIndex(
            model_name='deletionword',
            index=models.Index(fields=['investigation', 'asked_at'], name='deletion_word_of_file'),
        ),
        migrations.AddConstraint(
            model_name='deletionword',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'asked', 'not_found'])), name='deletion_word_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='deletionplace',
            constraint=models.UniqueConstraint(fields=('word', 'sighting'), name='a_word_reaches_a_place_once'),
        ),
    ]
