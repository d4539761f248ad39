from django.db import migrations, models

# Also code that does not know the column begins attempts.
_FOLLOW = """
CREATE FUNCTION delivery_said_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE delivery_delivery SET said_at = NEW.begun_at WHERE id = NEW.delivery_id;
  RETURN NULL;
END $$;
CREATE TRIGGER said_with_its_newest_attempt AFTER INSERT OR UPDATE OF begun_at ON delivery_attempt
  FOR EACH ROW EXECUTE FUNCTION delivery_said_now();
"""
_UNFOLLOW = """
DROP TRIGGER said_with_its_newest_attempt ON delivery_attempt;
DROP FUNCTION delivery_said_now();
"""


class Migration(migrations.Migration):

    safe_because = 'old code begins attempts as before, and the database adds what it leaves out'

    dependencies = [
        ('delivery', '0001_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='said_at',
            field=models.DateTimeField(editable=False, help_text='when its newest attempt began: the database itself writes it, and nobody else does', null=True),
        ),
        migrations.RunSQL(_FOLLOW, _UNFOLLOW),
    ]
