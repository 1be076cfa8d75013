"""What later editions eased is more than materials: {material: version} becomes {place: {version, now}}."""

from typing import Any

from django.db import migrations, models


def widen(apps: Any, schema_editor: Any) -> None:
    Application = apps.get_model("applications", "Application")
    for row in Application.objects.exclude(eased={}).only("eased").iterator():
        row.eased = {f"materials[{key}]": {"version": version, "now": None} for key, version in row.eased.items()}
        row.save(update_fields=["eased"])


def narrow(apps: Any, schema_editor: Any) -> None:
    Application = apps.get_model("applications", "Application")
    for row in Application.objects.exclude(eased={}).only("eased").iterator():
        kept = {place: found for place, found in row.eased.items() if place.startswith("materials[")}
        row.eased = {place[len("materials[") : -1]: found["version"] for place, found in kept.items()}
        row.save(update_fields=["eased"])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0007_later_editions"),
    ]

    operations = [
        migrations.RenameField("application", "spared", "eased"),
        migrations.AlterField(
            model_name="application",
            name="eased",
            field=models.JSONField(
                default=dict, help_text="what later editions eased: {place: {version, now}} (catalog)"
            ),
        ),
        migrations.RunPython(widen, narrow, elidable=True),
    ]
