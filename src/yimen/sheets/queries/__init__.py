"""Reading, checking, showing and prefilling a form. Everything that works on a sheet takes any edition's document."""

from yimen.sheets.queries.checking import FieldError, check
from yimen.sheets.queries.pages import Page, fields_for, pages
from yimen.sheets.queries.posting import from_post
from yimen.sheets.queries.prefilling import prefill
from yimen.sheets.queries.showing import Shown, show
from yimen.sheets.queries.views import FieldView, asked, needs

__all__ = [
    "FieldError",
    "FieldView",
    "Page",
    "Shown",
    "asked",
    "check",
    "fields_for",
    "from_post",
    "needs",
    "pages",
    "prefill",
    "show",
]
