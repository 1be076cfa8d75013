"""The guided situation as pages show it: one question after the other, and what follows from the answers.

Everything stands in the address, so that it works without an account, survives signing in, and can be sent to somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.choices import Necessity
from yimen.catalog.queries import guide, situations
from yimen.catalog.queries.guide import Guide, MaterialLine
from yimen.sheets.choices import FormField, Kind

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument
    from yimen.catalog.models import Edition

UNSURE = situations.UNSURE
BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Situation:
    """answers: by field name, as the form has them; unsure: passed over; wanting: asked, but nothing was chosen."""

    answers: dict[str, Any]
    unsure: tuple[str, ...]
    wanting: str = ""

    @property
    def query(self) -> str:
        """As the query of an address."""
        return situations.query_of(self.answers, self.unsure)


@dataclass(frozen=True)
class Answered:
    """What somebody needs in their situation."""

    guide: Guide
    required: tuple[MaterialLine, ...]
    deferrable: tuple[MaterialLine, ...]
    optional: tuple[MaterialLine, ...]
    possible: tuple[MaterialLine, ...]
    spared: tuple[str, ...]
    fields: tuple[str, ...]


def read(document: EditionDocument, given: QueryDict) -> Situation:
    """The answers that an address bears; whatever doesn't fit the edition is left out."""
    raw: dict[str, Any] = {}
    unsure = []
    for field in situations.questions(document):
        values = [value for value in given.getlist(field.name) if value]
        if UNSURE in values:
            unsure.append(field.name)
        elif values:
            raw[field.name] = _value(field, values)
    answers = situations.valid(document, raw)
    mattering = {field.name for field in situations.matters(document, answers)}
    asked = given.get("asked", "")
    unsure = [name for name in unsure if name in mattering]
    wanting = asked if asked in mattering and asked not in answers and asked not in unsure else ""
    return Situation(answers, tuple(unsure), wanting)


def _value(field: FormField, values: list[str]) -> Any:
    if field.kind is Kind.MULTI:
        return values
    return BOOLEANS.get(values[-1]) if field.kind is Kind.BOOLEAN else values[-1]


def hidden(held: Situation) -> list[tuple[str, str]]:
    """What a form must bear along so that nothing answered is lost."""
    pairs = [(name, text) for name, value in held.answers.items() for text in situations.texts(value)]
    return [*pairs, *((name, UNSURE) for name in held.unsure)]


def question(document: EditionDocument, held: Situation) -> dict[str, Any] | None:
    """The next question for the template `field`, with what the address bears so far; None when all is asked."""
    field = situations.following(document, held.answers, held.unsure)
    if field is None:
        return None
    choices = [{"value": each, "label": each} for each in field.choices or ()]
    if field.kind is Kind.BOOLEAN:
        choices = [{"value": "true", "label": _("是")}, {"value": "false", "label": _("否")}]
    multi = field.kind is Kind.MULTI
    return {
        "name": field.name,
        "label": asked_as(field),
        "kind": "multi" if multi else "choice",
        "required": True,
        "choices": [*choices, {"value": UNSURE, "label": _("还不确定")}],
        "value": [] if multi else "",
        "hint": field.hint or (_("可以选几项。") if multi else ""),
        "error": _("请选择一项；说不准的，选“还不确定”。") if held.wanting == field.name else "",
    }


def asked_as(field: FormField) -> str:
    """A field's label as a question."""
    label = field.label.rstrip("？?：:")
    if field.kind is Kind.BOOLEAN:
        return _("%(label)s？") % {"label": label}
    if field.kind is Kind.MULTI:
        return _("%(label)s有哪些？") % {"label": label}
    return _("%(label)s是哪一种？") % {"label": label}


def rows(document: EditionDocument, held: Situation, *, slug: str) -> list[dict[str, Any]]:
    """The answers so far, each with the address where it is asked again."""
    place = reverse("portal:situation", args=[slug])
    listed = []
    for field in situations.matters(document, held.answers):
        if field.name in held.answers or field.name in held.unsure:
            others = {name: value for name, value in held.answers.items() if name != field.name}
            unsure = [name for name in held.unsure if name != field.name]
            listed.append(
                {
                    "label": field.label,
                    "value": said(held.answers.get(field.name)),
                    "change_url": f"{place}?{situations.query_of(others, unsure)}",
                }
            )
    return listed


def said(value: Any) -> str:
    """An answer in words; none: not sure yet."""
    if value is None:
        return _("还不确定")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "、".join(value) if isinstance(value, list) else str(value)


def answered(edition: Edition, held: Situation) -> Answered:
    """The materials, questions and papers of this situation."""
    whole = guide(edition)
    found = situations.outcome(edition.doc, held.answers)
    lines = dict(zip(edition.doc.materials, whole.materials, strict=True))
    needed: dict[Necessity, list[MaterialLine]] = {each: [] for each in Necessity}
    for material in found.sure:
        needed[material.necessity].append(lines[material])
    return Answered(
        guide=whole,
        required=tuple(needed[Necessity.REQUIRED]),
        deferrable=tuple(needed[Necessity.TOLERATED]),
        optional=tuple(needed[Necessity.OPTIONAL]),
        possible=tuple(lines[material] for material in found.possible),
        spared=tuple(material.name for material in found.spared),
        fields=found.fields,
    )
