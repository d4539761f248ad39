from django.db import migrations

from haetae.common.sealed import search_digest


def fill(apps, _schema_editor):
    """Places that were sighted before pages had digests are found by their page as well."""
    Sighting = apps.get_model("arrival", "Sighting")
    for sighting in Sighting.objects.filter(page_digest="").iterator(chunk_size=500):
        sighting.page_digest = search_digest(sighting.page_url)
        sighting.save(update_fields=["page_digest"])


class Migration(migrations.Migration):
    dependencies = [("arrival", "0005_taken_back")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
