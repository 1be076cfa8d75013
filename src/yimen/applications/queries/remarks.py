"""What is said beside a prefilled field: where from, that it was changed against a register, what others say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yimen.applications.queries.origins import FieldOrigin, origins, source_words
from yimen.kit.telling import translated
from yimen.law.said import several
from yimen.sheets.queries.places import Places
from yimen.sheets.queries.wording import text

if TYPE_CHECKING:
    from yimen.applications.models import Filed
    from yimen.sheets.choices import FormField, Sheet


@dataclass(frozen=True)
class Remark:
    """source: of a value that is still as it was. changed, differs: sentences, empty where there is nothing to say.

    was, now: the value as it was filled in and as it is, in words.
    """

    origin: FieldOrigin
    source: str
    changed: str
    differs: str
    was: str
    now: str

    @property
    def note(self) -> str:
        return " ".join(part for part in (self.changed, self.differs) if part)


def remarks(application: Filed, sheet: Sheet, *, own: bool = False) -> dict[str, Remark]:
    """By field, for whoever examines the application; own: as the applicant reads it."""
    fields = {field.name: field for field in sheet.form_fields}
    places, sources = Places(), source_words(application, own=own)
    return {
        name: _remark(each, fields[name], sources.get(name, ""), places, own=own)
        for name, each in origins(application).items()
        if name in fields
    }


def _remark(each: FieldOrigin, field: FormField, source: str, places: Places, *, own: bool) -> Remark:
    changed, was = "", text(field, each.was, places)
    if each.challenged:
        words = (
            _("您改过：{source}上是“{was}”。可以这样提交，审查人员会看到。")
            if own
            else _("申请人改过：{source}上是“{was}”")
        )
        changed = words.format(source=translated(each.note if own else each.staff_note), was=was)
    said = [
        _("{source}上另有记载：“{value}”").format(source=translated(one.note), value=text(field, one.value, places))
        for one in each.others
    ]
    return Remark(each, source, changed, translated(several(said, "；")), was, text(field, each.now, places))
