"""`{% chapter contents "materials" %}…{% endchapter %}`: a folded part of a guide with its title and gist.

`{{ held|of:line.key }}`: what is known under a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.template.loader import render_to_string

from yimen.portal.queries.chapters import Chapter

register = template.Library()


@register.simple_block_tag
def chapter(content: str, contents: Iterable[Chapter], key: str) -> str:
    """The chapter of this key; nothing when the guide has none."""
    found = next((each for each in contents if each.key == key), None)
    if found is None:
        return ""
    return render_to_string("portal/guide/chapter.html", {"chapter": found, "content": content})


@register.filter
def of(known: Mapping[str, str] | str | None, key: str) -> str:
    """The words under a key, "" where there are none."""
    return known.get(key, "") if isinstance(known, Mapping) else ""
