"""A report about a look can be taken back by whoever made it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_my_data")]

    operations = [
        migrations.AlterField(
            model_name="lookreport",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[("proper", "查看正当"), ("improper", "查看不当"), ("withdrawn", "本人撤回")],
                max_length=10,
            ),
        ),
    ]
