"""What later editions eased for a case, in words, and what its open notice still asks for then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yimen.catalog import queries as catalog
from yimen.law.transition import Part

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Supplement

Asked = list[dict[str, str]]


def easing_words(application: Application) -> list[str]:
    """Each easing in a sentence without its end."""
    return catalog.easing_words(application.edition.doc, application.eased) if application.eased else []


def gone(application: Application) -> frozenset[str]:
    """Places of what later editions don't ask at all any more: nobody asks for it now."""
    return frozenset(place for place, found in application.eased.items() if found["now"] is None)


def still_asked(notice: Supplement, application: Application) -> tuple[Asked, Asked]:
    """Materials and fields of a notice that no later edition has spared this application."""
    materials = [each for each in notice.materials if f"{Part.MATERIAL}[{each['key']}]" not in application.eased]
    fields = [each for each in notice.fields if f"{Part.FIELD}[{each['name']}]" not in application.eased]
    return materials, fields
