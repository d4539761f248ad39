import haetae.common.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What installations from before 0.1.0 have done step by step (docs/decisions/0082).
    replaces = [
        ('audit', '0001_initial'),
        ('audit', '0002_stamps_and_exports'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(db_index=True, help_text='room.what_happened', max_length=64)),
                ('subject_kind', models.CharField(max_length=32)),
                ('subject_id', models.UUIDField(db_index=True)),
                ('actor_kind', models.CharField(max_length=16)),
                ('actor_id', models.CharField(blank=True, max_length=64)),
                ('facts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Head',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('root', models.BinaryField()),
                ('signature', models.BinaryField(help_text='Ed25519 over haetae.audit.heads.statement')),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('digest', models.BinaryField(help_text='SHA-256(0x00 || canonical event), RFC 6962 section 2.1')),
            ],
        ),
        migrations.CreateModel(
            name='LogExport',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('first', models.BigIntegerField(help_text='size of the head after which it begins; 0: the whole log')),
                ('size', models.BigIntegerField(help_text='size of the head with which it ends')),
                ('with_events', models.BooleanField(help_text='False: their digests alone')),
                ('reason', models.CharField(max_length=24)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Stamp',
            fields=[
                ('id', models.UUIDField(default=haetae.common.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('size', models.BigIntegerField(help_text='of the head', unique=True)),
                ('token', models.BinaryField(help_text="the authority's whole answer, over heads.SignedHead.stamped_digest")),
                ('at', models.DateTimeField(help_text="by the authority's clock")),
                ('authority', models.CharField(max_length=255)),
            ],
        ),
    ]
