from django.db import migrations, models

# Whoever writes a task, also code that does not know the column, gets the moment written into it. It never changes.
_FOLLOW = """
CREATE FUNCTION tasks_found_at_of_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.found_at := (SELECT found_at FROM arrival_sighting WHERE id = NEW.sighting_id);
  RETURN NEW;
END $$;
CREATE TRIGGER found_at_of_its_place BEFORE INSERT OR UPDATE OF found_at, sighting_id ON tasks_task
  FOR EACH ROW EXECUTE FUNCTION tasks_found_at_of_its_place();
"""
_UNFOLLOW = """
DROP TRIGGER found_at_of_its_place ON tasks_task;
DROP FUNCTION tasks_found_at_of_its_place();
"""


class Migration(migrations.Migration):

    safe_because = 'old code writes as before, and the database adds what it leaves out'

    dependencies = [
        ('arrival', '0001_tables'),
        ('tasks', '0004_judged_by_end'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='found_at',
            field=models.DateTimeField(editable=False, help_text='when its place was found: the database itself writes it, from the place, and nobody else does', null=True),
        ),
        migrations.RunSQL(_FOLLOW, _UNFOLLOW),
    ]
