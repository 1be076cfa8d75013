"""What people find where an item is suspended or cancelled, and where places keep their own edition."""

from __future__ import annotations

from django.test import Client

from tests.builders import catalog, city
from yimen.catalog.choices import EditionState
from yimen.catalog.models import Item


def test_a_suspended_item_says_so_and_whom_to_ask(db):
    edition = catalog.release(catalog.small())
    edition.state = EditionState.SUSPENDED
    edition.save()

    page = Client().get("/items/small-item/")

    assert page.status_code == 404
    assert "“小事项”现在暂停办理" in page.content.decode()
    assert "已经提交的办件继续办理" in page.content.decode()


def test_a_merged_item_leads_to_what_takes_its_place(db):
    gone = catalog.release(catalog.small())
    catalog.release(catalog.small(slug="new-item", name="新事项"))
    gone.valid_to, gone.state = city.AT.date(), EditionState.CANCELLED
    gone.save()
    Item.objects.filter(pk=gone.item_id).update(successors=["new-item"])

    page = Client().get("/items/small-item/").content.decode()

    assert "请改办：新事项" in page
    assert 'href="/items/new-item/"' in page


def test_the_citys_guide_leads_to_the_places_that_keep_their_own(db):
    upper = catalog.release(catalog.small(), agency=city.agency("SJ", division="441400"))
    lower = catalog.release(catalog.small(slug="small-item-441402"), agency=city.agency("SJ"))
    Item.objects.filter(pk=lower.item_id).update(upper=upper.item)

    above, below = (Client().get(f"/items/{slug}/").content.decode() for slug in ("small-item", "small-item-441402"))

    assert 'href="/items/small-item-441402/"' in above
    assert "看全市统一的指南" in below
