from django.db import migrations, models

KINDS = ["A", "C", "D", "E", "F", "G", "H", "I", "J", "N", "T", "P", "L", "M", "V"]


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_keys_and_lives")]

    operations = [
        migrations.RemoveConstraint(model_name="paper", name="paper_kind_known"),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="paper_kind_known"),
        ),
    ]
