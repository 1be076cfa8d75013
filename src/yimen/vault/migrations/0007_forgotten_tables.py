import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("vault", "0006_freeze_holder")]

    operations = [
        migrations.AddField("batch", "forgotten_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "batch",
            "table",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
    ]
