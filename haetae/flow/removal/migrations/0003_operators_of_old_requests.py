from django.db import migrations

from haetae.common.filling import filling

# The trigger writes whose place it is, whatever is said here.
_FILL = """
WITH next_ones AS (
  SELECT request.id FROM removal_deletionrequest request JOIN arrival_sighting sighting ON sighting.id = sighting_id
  WHERE request.id > %s AND request.operator_id IS NULL AND sighting.operator_id IS NOT NULL
  ORDER BY request.id LIMIT %s
), filled AS (
  UPDATE removal_deletionrequest SET operator_id = NULL FROM next_ones WHERE next_ones.id = removal_deletionrequest.id
)
SELECT id FROM next_ones ORDER BY id DESC LIMIT 1
"""


class Migration(migrations.Migration):

    atomic = False
    safe_because = 'old code does not know the column'

    dependencies = [
        ('removal', '0002_operator_of_requests'),
    ]

    operations = [migrations.RunPython(filling(_FILL), migrations.RunPython.noop)]
