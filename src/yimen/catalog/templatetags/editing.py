"""What the editor's templates ask of a page beside its widgets."""

from __future__ import annotations

from typing import Any

from django import template

from yimen.catalog.queries.editing import files, options
from yimen.catalog.queries.editing.nodes import Node
from yimen.catalog.queries.editing.pages import Page

register = template.Library()


register.filter("signed", files.signed)


@register.filter
def in_order(node: Node) -> list[str]:
    """What is chosen one after the other, and at least one place more to choose in."""
    held = list(node.shown)
    return [*held, *[""] * max(1, 2 - len(held))]


@register.filter
def condition_fields(node: Node, page: Page) -> list[dict[str, Any]]:
    """The fields of the form that a condition may look at."""
    return options.condition_fields(page.fields, node.shown.field)
