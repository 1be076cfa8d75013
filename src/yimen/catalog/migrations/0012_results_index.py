from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models.fields.json import KeyTransform


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_chosen_items")]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=GinIndex(KeyTransform("results", "document"), name="edition_results", fastupdate=False),
        ),
    ]
