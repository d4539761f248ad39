import django.db.models.deletion
from django.db import migrations, models

# Whoever writes a request, also code that does not know the column, gets the operator of the place written into it. The
# lock lets an operator that is found for the place at the same moment wait, so that neither overlooks the other.
_FOLLOW = """
CREATE FUNCTION removal_operator_of_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT operator_id INTO NEW.operator_id FROM arrival_sighting WHERE id = NEW.sighting_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER operator_of_its_place BEFORE INSERT OR UPDATE OF operator_id, sighting_id ON removal_deletionrequest
  FOR EACH ROW EXECUTE FUNCTION removal_operator_of_its_place();
CREATE FUNCTION removal_operator_found() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE removal_deletionrequest SET operator_id = NEW.operator_id WHERE sighting_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER operator_to_its_requests AFTER UPDATE OF operator_id ON arrival_sighting
  FOR EACH ROW WHEN (OLD.operator_id IS DISTINCT FROM NEW.operator_id) EXECUTE FUNCTION removal_operator_found();
"""
_UNFOLLOW = """
DROP TRIGGER operator_to_its_requests ON arrival_sighting;
DROP TRIGGER operator_of_its_place ON removal_deletionrequest;
DROP FUNCTION removal_operator_found();
DROP FUNCTION removal_operator_of_its_place();
"""


class Migration(migrations.Migration):

    safe_because = 'old code writes requests and places as before, and the database adds what it leaves out'

    dependencies = [
        ('accounts', '0002_sessions_end'),
        ('arrival', '0001_tables'),
        ('assessment', '0001_tables'),
        ('removal', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='deletionrequest',
            name='operator',
            field=models.ForeignKey(db_index=False, editable=False, help_text='whose place it is: the database itself writes it, from the place, and nobody else does', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.operator'),
        ),
        migrations.RunSQL(_FOLLOW, _UNFOLLOW),
    ]
