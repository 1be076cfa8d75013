import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import yimen.kit.fields


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0012_batches"),
        ("identity", "0005_profile_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element", models.CharField(blank=True, max_length=80)),
                ("value", yimen.kit.fields.SealedJSON(null=True)),
                ("said_at", models.DateTimeField(null=True)),
                ("forgets", models.DateTimeField(null=True)),
                ("off", models.BooleanField(default=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.subject",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "element"), name="remembered_once"),
                    models.CheckConstraint(
                        condition=Q(("off", False), ("element", ""), _connector="OR"),
                        name="all_is_switched_off_or_nothing",
                    ),
                ],
            },
        ),
    ]
