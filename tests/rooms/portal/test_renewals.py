"""Which items give a kind of licence is found by an index: without it every document of the city is unpacked."""

from __future__ import annotations

import pytest
from django.db import connection

from yimen.catalog.models import Edition, Item
from yimen.catalog.queries import all_current
from yimen.portal.queries.renewals import renewals

pytestmark = pytest.mark.django_db
KIND = "food_business_licence"


@pytest.fixture
def thousands(town):
    """One item that gives the licence, and two thousand others in force that give something else."""
    edition = town.release("food-business-licence")
    items = Item.objects.bulk_create([copy(edition.item, slug=f"other-{n}") for n in range(2000)])
    other = edition.document | {"results": [{"name": "别的结果", "kind": "批文", "licence_type": "other"}]}
    Edition.objects.bulk_create([copy(edition, item=item, document=other) for item in items])
    with connection.cursor() as cursor:
        for table in ("catalog_edition", "catalog_item", "city_agency", "city_division"):
            cursor.execute(f"ANALYZE {table}")
    return edition


def copy(row, **changes):
    fields = {each.name: getattr(row, each.name) for each in row._meta.concrete_fields if not each.primary_key}
    return type(row)(**fields | changes)


def test_the_items_of_a_kind_are_found_without_reading_every_document(thousands):
    rows = all_current().filter(document__results__contains=[{"licence_type": KIND}])

    plan = rows.order_by().explain()

    assert "edition_results" in plan, plan
    assert [each.url for each in renewals([KIND])[KIND]] == ["/items/food-business-licence/"]
