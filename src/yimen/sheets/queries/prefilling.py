"""What is already known about a person or firm, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from yimen.city import queries as city
from yimen.sheets.choices import FormField, Kind, Sheet
from yimen.sheets.ports import Prefilled, known
from yimen.sheets.queries.reading import Unreadable, empty, read


def prefill(sheet: Sheet, subject_ids: Sequence[int], at: datetime) -> dict[str, Prefilled]:
    """{field: what is known}, asking the sources for each subject in order (the firm first, then whoever acts for

    it); a value that the field itself would refuse is left out. A written address brings its divisions with it.
    """
    wanted = {field.prefill for field in sheet.form_fields if field.prefill}
    found: dict[str, Prefilled] = {}
    for subject in subject_ids if wanted else ():
        values = known(subject, wanted, at)
        for field in sheet.form_fields:
            fits = _fitting(field, values.get(field.prefill or ""))
            if fits is not None:
                found.setdefault(field.name, fits)
    return found


def _fitting(field: FormField, prefilled: Prefilled | None) -> Prefilled | None:
    if prefilled is None or empty(prefilled.value):
        return None
    value = prefilled.value
    if field.kind is Kind.ADDRESS and isinstance(value, str):
        value = city.address_parts(value)
    try:
        return replace(prefilled, value=read(field, value))
    except Unreadable:
        return None
