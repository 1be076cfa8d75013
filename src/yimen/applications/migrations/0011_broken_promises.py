from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_resolving")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="broken_at",
            field=models.DateTimeField(help_text="what was promised had not come by its day", null=True),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("broken_at__isnull", False)), fields=["application"], name="document_broken"
            ),
        ),
    ]
