from django.db import connection, migrations

_AT_A_TIME = 2_000
# The trigger writes when it was, whatever is said here.
_FILL = """
WITH next_ones AS (
  SELECT id FROM tasks_task WHERE id > %s AND found_at IS NULL AND sighting_id IS NOT NULL ORDER BY id LIMIT %s
), filled AS (
  UPDATE tasks_task SET found_at = NULL FROM next_ones WHERE next_ones.id = tasks_task.id
)
SELECT id FROM next_ones ORDER BY id DESC LIMIT 1
"""


def fill(apps, schema_editor):
    """A few thousand at a time, each for itself: nobody who decides waits for long, and twice is once."""
    last = ('00000000-0000-0000-0000-000000000000',)
    while last is not None:
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [last[0], _AT_A_TIME])
            last = cursor.fetchone()


class Migration(migrations.Migration):

    atomic = False
    safe_because = 'old code does not know the column'

    dependencies = [
        ('tasks', '0005_when_its_place_was_found'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
