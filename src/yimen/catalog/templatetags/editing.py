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
def condition_fields(node: Node, page: Page) -> list[dict[str, Any]]:
    """The fields of the form that a condition may look at."""
    return options.condition_fields(page.fields, node.shown.field)
