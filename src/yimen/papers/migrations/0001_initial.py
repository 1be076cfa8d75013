"""Papers, and the sequence from which all of them draw their numbers."""

import django.db.models.deletion
from django.db import migrations, models

import yimen.kit.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.RunSQL("CREATE SEQUENCE papers_number", "DROP SEQUENCE papers_number"),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("kind", models.CharField(max_length=1)),
                ("about", models.CharField(max_length=50)),
                ("title", models.CharField(max_length=60)),
                ("agency", models.CharField(max_length=80)),
                ("agency_code", models.CharField(max_length=40)),
                ("facts", yimen.kit.fields.SealedJSON()),
                ("template", models.PositiveSmallIntegerField()),
                ("token", models.CharField(max_length=16, unique=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("signature", models.BinaryField(null=True)),
                ("drawn_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=500)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["about"], name="paper_about")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["A", "C", "D", "E", "F", "G", "H", "I", "J", "N", "T"])),
                        name="paper_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("file", None), ("signature", None)),
                            models.Q(
                                ("file__isnull", False),
                                ("signature__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="paper_file_is_signed",
                    ),
                ],
            },
        ),
    ]
