from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_uploads'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.UUIDField()),
                ('stamp', models.UUIDField(null=True)),
                ('content', models.BinaryField()),
                ('built_at', models.DateTimeField()),
                ('seconds', models.FloatField()),
            ],
        ),
        migrations.CreateModel(
            name='TextVector',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('vector', models.BinaryField()),
            ],
        ),
    ]
