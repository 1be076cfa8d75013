"""How often items are used."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from yimen.cases.models import Case


def filed_by_item(since: datetime) -> dict[str, int]:
    """How many cases were received per item since then, by its slug."""
    rows = Case.objects.filter(received_at__gte=since).values_list("item__slug")
    return dict(rows.annotate(filed=Count("pk")).order_by())
