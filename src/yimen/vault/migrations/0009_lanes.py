"""Rows that wait tell themselves how far a batch came: portions go in side by side, and there is no last line."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vault", "0008_standing_again")]

    operations = [migrations.RemoveField(model_name="batch", name="entered_through")]
