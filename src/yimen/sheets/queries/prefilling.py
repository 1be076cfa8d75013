"""What is already known about a person or firm, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from yimen.sheets.choices import FormField, Sheet
from yimen.sheets.ports import Prefilled, known
from yimen.sheets.queries.reading import Unreadable, empty, read


def prefill(sheet: Sheet, subject_ids: Sequence[int], at: datetime) -> dict[str, Prefilled]:
    """{field: what is known}, asking the sources for each subject in order (the firm first, then whoever acts for

    it); a value that the field itself would refuse is left out.
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
    try:
        return replace(prefilled, value=read(field, prefilled.value))
    except Unreadable:
        return None
