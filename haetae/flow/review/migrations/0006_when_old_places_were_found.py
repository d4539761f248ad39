from django.db import migrations

from haetae.common.filling import filling

# The trigger writes when it was, whatever is said here.
_FILL = """
WITH next_ones AS (
  SELECT id FROM review_review WHERE id > %s AND found_at IS NULL AND sighting_id IS NOT NULL ORDER BY id LIMIT %s
), filled AS (
  UPDATE review_review SET found_at = NULL FROM next_ones WHERE next_ones.id = review_review.id
)
SELECT id FROM next_ones ORDER BY id DESC LIMIT 1
"""


class Migration(migrations.Migration):

    atomic = False
    safe_because = 'old code does not know the column'

    dependencies = [
        ('review', '0005_when_its_place_was_found'),
    ]

    operations = [migrations.RunPython(filling(_FILL), migrations.RunPython.noop)]
