from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_packages_pass_two_offices")]

    operations = [
        migrations.AddField(
            model_name="package",
            name="chosen",
            field=models.BooleanField(
                default=False, help_text="items that somebody chose freely: in no list, written by nobody"
            ),
        ),
    ]
