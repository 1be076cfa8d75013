"""Reading, checking, showing and prefilling a form. Everything that works on a sheet takes any edition's document."""

from yimen.sheets.queries.checking import FieldError, check
from yimen.sheets.queries.elements import Library, element_of, library, library_field, search_library, shipped
from yimen.sheets.queries.pages import Page, fields_for, pages
from yimen.sheets.queries.posting import from_post
from yimen.sheets.queries.prefilling import prefill
from yimen.sheets.queries.showing import Shown, show
from yimen.sheets.queries.views import FieldView, asked, needs

__all__ = [
    "FieldError",
    "FieldView",
    "Library",
    "Page",
    "Shown",
    "asked",
    "check",
    "element_of",
    "fields_for",
    "from_post",
    "library",
    "library_field",
    "needs",
    "pages",
    "prefill",
    "search_library",
    "shipped",
    "show",
]
