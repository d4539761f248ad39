import django.db.models.deletion
import haetae.common.ids
import haetae.common.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('issued', '0001_initial'),
        ('issued', '0002_decided_together'),
        ('issued', '0003_cost_notice'),
        ('issued', '0004_certificates'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IssuedDocument',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('decision', 'decision'), ('block_extension', 'block_extension'), ('hearing', 'hearing'), ('order', 'order'), ('surcharge', 'surcharge'), ('fine', 'fine'), ('sanction_change', 'sanction_change'), ('designation', 'designation'), ('cost_notice', 'cost_notice'), ('certificate', 'certificate'), ('training_order', 'training_order')], max_length=20)),
                ('subject_id', models.UUIDField(db_index=True, help_text='the act: a review, an order, a sanction')),
                ('agency', models.CharField(help_text='its role in the jurisdiction pack', max_length=32)),
                ('agency_name_ko', models.CharField(max_length=160)),
                ('agency_name_en', models.CharField(max_length=160)),
                ('on', models.DateField(help_text="the day in the jurisdiction's own calendar")),
                ('issued_at', models.DateTimeField(db_index=True)),
                ('content_ko', haetae.common.sealed.SealedTextField()),
                ('content_en', haetae.common.sealed.SealedTextField()),
                ('digest_ko', models.CharField(db_index=True, max_length=64)),
                ('digest_en', models.CharField(db_index=True, max_length=64)),
                ('form', models.PositiveSmallIntegerField(help_text='haetae.documents.html.FORM under which it was made')),
                ('issued_by', models.ForeignKey(help_text='who signed the act; empty where several decided together, by votes that nobody is told', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='IssuedFile',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('digest', models.CharField(db_index=True, max_length=64)),
                ('made_at', models.DateTimeField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='issued.issueddocument')),
            ],
        ),
        migrations.CreateModel(
            name='Numbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('prefix', 'year'), name='one_numbering_an_agency_a_year')],
            },
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['decision', 'block_extension', 'hearing', 'order', 'surcharge', 'fine', 'sanction_change', 'designation', 'cost_notice', 'certificate', 'training_order'])), name='issued_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.CheckConstraint(condition=models.Q(('digest_en__regex', '^[0-9a-f]{64}$'), ('digest_ko__regex', '^[0-9a-f]{64}$')), name='issued_has_two_digests'),
        ),
        migrations.AddConstraint(
            model_name='issueddocument',
            constraint=models.UniqueConstraint(fields=('kind', 'subject_id'), name='an_act_is_issued_once'),
        ),
        migrations.AddConstraint(
            model_name='issuedfile',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['ko', 'en'])), name='issued_file_language_is_known'),
        ),
        migrations.AddConstraint(
            model_name='issuedfile',
            constraint=models.UniqueConstraint(fields=('document', 'digest'), name='a_file_is_noted_once'),
        ),
    ]
