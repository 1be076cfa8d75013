from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0005_package_editions'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='changes',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='publication',
            name='columns',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='publication',
            name='count',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
