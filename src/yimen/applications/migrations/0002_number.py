"""Numbers come from a sequence: two applications at one moment never get the same (seven digits, then round again)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE applications_number MINVALUE 1 MAXVALUE 9999999 CYCLE",
            "DROP SEQUENCE applications_number",
        )
    ]
