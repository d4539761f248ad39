"""The tables of limits. What is spent is not worth a line of the write-ahead log, and must not stand there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    safe_because = "the table is new, and no released code knows it"

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Bucket",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="name of the limit, and a digest of who it holds for",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("full_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name_plural": "kept"},
        ),
        migrations.RunSQL("ALTER TABLE limits_bucket SET UNLOGGED", migrations.RunSQL.noop),
    ]
