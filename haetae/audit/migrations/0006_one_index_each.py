from django.db import migrations, models


class Migration(migrations.Migration):
    """What the two indexes before this one find, these found: one for a name, one like a name, and one for a subject."""

    dependencies = [
        ('audit', '0005_what_happened_to_whom'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='name',
            field=models.CharField(help_text='room.what_happened', max_length=64),
        ),
        migrations.AlterField(
            model_name='event',
            name='subject_id',
            field=models.UUIDField(),
        ),
    ]
