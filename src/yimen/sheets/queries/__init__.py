"""Reading, checking, showing and prefilling a form. Everything that works on a sheet takes any edition's document."""

from yimen.sheets.queries.checking import FieldError, check
from yimen.sheets.queries.elements import Library, element_of, library, library_field, schema, search_library, shipped
from yimen.sheets.queries.filing import file_of, files_in, keep_files, sent, written
from yimen.sheets.queries.pages import Page, fields_for, pages
from yimen.sheets.queries.posting import from_post
from yimen.sheets.queries.prefilling import prefill
from yimen.sheets.queries.ruling import broken_rules, judged, lack, told_at, unfit_rules
from yimen.sheets.queries.sampling import sample
from yimen.sheets.queries.sections import Section, grouped
from yimen.sheets.queries.showing import Shown, show
from yimen.sheets.queries.signing import Signer, broken_signatures, sign, stamps
from yimen.sheets.queries.values import GivenFile
from yimen.sheets.queries.views import FieldView, asked, needs

__all__ = [
    "FieldError",
    "FieldView",
    "GivenFile",
    "Library",
    "Page",
    "Section",
    "Shown",
    "Signer",
    "asked",
    "broken_rules",
    "broken_signatures",
    "check",
    "element_of",
    "fields_for",
    "file_of",
    "files_in",
    "from_post",
    "grouped",
    "judged",
    "keep_files",
    "lack",
    "library",
    "library_field",
    "needs",
    "pages",
    "prefill",
    "sample",
    "schema",
    "search_library",
    "sent",
    "shipped",
    "show",
    "sign",
    "stamps",
    "told_at",
    "unfit_rules",
    "written",
]
