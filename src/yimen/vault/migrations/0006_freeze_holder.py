import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_profile_days"), ("vault", "0005_batches")]

    operations = [
        migrations.AddField(
            model_name="freeze",
            name="holder",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identity.subject"
            ),
        ),
    ]
