from django.db import migrations

from haetae.common.filling import filling

_FILL = """
WITH next_ones AS (
  SELECT id FROM delivery_delivery WHERE id > %s AND said_at IS NULL ORDER BY id LIMIT %s
), filled AS (
  UPDATE delivery_delivery SET said_at = newest.begun_at
  FROM next_ones, LATERAL (
    SELECT begun_at FROM delivery_attempt WHERE delivery_id = next_ones.id ORDER BY number DESC LIMIT 1
  ) newest
  WHERE next_ones.id = delivery_delivery.id
)
SELECT id FROM next_ones ORDER BY id DESC LIMIT 1
"""


class Migration(migrations.Migration):

    atomic = False
    safe_because = 'old code does not know the column'

    dependencies = [
        ('delivery', '0002_when_it_was_said'),
    ]

    operations = [migrations.RunPython(filling(_FILL), migrations.RunPython.noop)]
