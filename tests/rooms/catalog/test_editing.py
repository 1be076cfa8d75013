"""The editor of drafts: every element of the document has a widget, and a page that nobody touched changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, identity
from tests.builders.city import AT, SYSTEM
from yimen.catalog import commands
from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.editing.entries import Entries
from yimen.catalog.queries.editing.layout import OF_FIELD, SECTIONS
from yimen.catalog.queries.editing.pages import page_of
from yimen.catalog.queries.editing.specs import specs
from yimen.sheets.choices import Part

pytestmark = pytest.mark.django_db
FOOD = "food-business-licence"


class Form(HTMLParser):
    """What a browser would send of the form `section` if nobody touched it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._area = self._select = ""
        self._text: list[str] = []
        self._offered: list[tuple[str, bool]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._inside = self._inside or (tag == "form" and held.get("id") == "section")
        name = held.get("name", "")
        if not self._inside or (not name and tag != "option"):
            return
        if tag == "textarea":
            self._area, self._text = name, []
        elif tag == "select":
            self._select, self._offered = name, []
        elif tag == "option":
            self._offered.append((held.get("value", ""), "selected" in held))
        elif tag == "input" and (held.get("type") not in ("radio", "checkbox", "file") or "checked" in held):
            self.sent.setdefault(name, []).append(held.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        if tag == "textarea" and self._area:
            self.sent.setdefault(self._area, []).append("".join(self._text).removeprefix("\n").replace("\n", "\r\n"))
            self._area = ""
        if tag == "select" and self._select:
            chosen = [value for value, selected in self._offered if selected]
            self.sent.setdefault(self._select, []).append((chosen or [self._offered[0][0]])[0])
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)


@pytest.fixture
def editor(client: Client) -> Any:
    catalog.item(FOOD)
    user = identity.staff("editor")
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return user


def begun(slug: str = FOOD) -> Edition:
    return commands.begin_draft(Item.objects.get(slug=slug), by=SYSTEM, at=AT)


def section(key: str, slug: str = FOOD) -> str:
    return reverse("catalog:edit_section", args=[slug, key])


def whole_page(client: Client, key: str, edition: Edition) -> dict[str, list[str]]:
    """The form of a section with all its rows open."""
    page = page_of(key, edition.document)
    rows = ",".join(row.name for node in page.lists.values() for row in node.rows)
    html = client.get(section(key, edition.item.slug), {"open": rows}).content.decode()
    return Form(html).sent


def parts(part: type[Part], seen: set[type[Part]]) -> Iterator[type[Part]]:
    seen.add(part)
    yield part
    for spec in specs(part):
        if spec.below is not None and spec.below not in seen:
            yield from parts(spec.below, seen)


def test_every_element_of_the_document_is_on_a_page() -> None:
    """A new element without a widget, or in no section, is noticed here."""
    assert set(OF_FIELD) == set(EditionDocument.model_fields)
    assert sum(len(each.fields) for each in SECTIONS) == len(OF_FIELD)
    for part in parts(EditionDocument, set()):
        assert [spec.field for spec in specs(part)] == list(part.model_fields)
    fixed = {
        (spec.part, spec.field)
        for part in parts(EditionDocument, set())
        for spec in specs(part)
        if spec.kind == "fixed"
    }
    assert {field for _part, field in fixed} == {"slug", "inherits", "key"}


@pytest.mark.parametrize("slug", [FOOD, "social-security-card", "company-establishment", "real-estate-transfer"])
@pytest.mark.usefixtures("editor")
def test_a_page_that_nobody_touched_changes_nothing(client: Client, slug: str) -> None:
    catalog.item(slug)
    edition = begun(slug)

    for each in SECTIONS:
        sent = whole_page(client, each.key, edition)
        assert page_of(each.key, edition.document, Entries(sent)).mine == edition.document, each.key
        shut = Form(client.get(section(each.key, slug)).content.decode()).sent
        assert page_of(each.key, edition.document, Entries(shut)).mine == edition.document, each.key
