"""A password that somebody else gave holds for a while only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField(model_name="user", name="given_until", field=models.DateTimeField(null=True)),
    ]
