"""Rows that wait are sealed by the bundle: one by one they cost more to seal, index and delete than to check."""

from itertools import islice

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import yimen.kit.fields

PORTION = 2_048


def bundled(apps, _schema_editor):
    rows, bundles = apps.get_model("vault", "BatchRow"), apps.get_model("vault", "BatchBundle")
    for batch in rows.objects.order_by("batch").values_list("batch", flat=True).distinct():
        waiting = rows.objects.filter(batch=batch).order_by("line").iterator(chunk_size=PORTION)
        while some := list(islice(waiting, PORTION)):
            bundles.objects.create(
                batch_id=batch, first=some[0].line, last=some[-1].line, count=len(some),
                sealed={
                    "line": [row.line for row in some],
                    "number_hash": [row.number_hash for row in some],
                    "file": [row.file_id for row in some],
                    **{name: [row.sealed[name] for row in some] for name in some[0].sealed},
                },
                files=[row.file_id for row in some if row.file_id],
            )  # fmt: skip


def unbundled(apps, _schema_editor):
    rows, bundles = apps.get_model("vault", "BatchRow"), apps.get_model("vault", "BatchBundle")
    for bundle in bundles.objects.order_by("batch", "first").iterator(chunk_size=1):
        columns = dict(bundle.sealed)
        apart = [columns.pop(name) for name in ("line", "number_hash", "file")]
        rows.objects.bulk_create(
            rows(
                batch_id=bundle.batch_id, line=line, number_hash=number_hash, file_id=file,
                sealed=dict(zip(columns, values, strict=True)),
            )
            for line, number_hash, file, *values in zip(*apart, *columns.values(), strict=True)
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("vault", "0010_issued_elsewhere")]

    operations = [
        migrations.CreateModel(
            name="BatchBundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("sealed", yimen.kit.fields.SealedJSON()),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.batch",
                    ),
                ),
            ],
            options={
                "ordering": ("first",),
                "constraints": [models.UniqueConstraint(fields=("batch", "first"), name="one_bundle_per_line")],
            },
        ),
        migrations.RunPython(bundled, unbundled),
        migrations.DeleteModel(name="BatchRow"),
    ]
