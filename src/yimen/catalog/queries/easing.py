"""What a later edition eases for matters that are open, as it is kept with an application: {place: {version, now}}.

now: what holds instead; None where nothing is asked any more. Rule in words: docs/rules/transition.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionDocument, Material, Necessity, Step
from yimen.catalog.ports import OpenMatter, RunningPromise
from yimen.catalog.queries.difference import Change, difference
from yimen.city.queries import calendar, office_hours
from yimen.law.transition import Consequence, Effect, Part, consequence, settled, shortened

Easings = Mapping[str, Mapping[str, Any]]


def easings(
    before: EditionDocument, after: EditionDocument, matter: OpenMatter, places: Iterable[str], *, on: date
) -> dict[str, dict[str, Any] | None]:
    """What an open matter is granted now, of the changes that were chosen for all: what holds instead, by place."""
    chosen = set(places)
    return {
        change.place: _now(change, before, after)
        for change in difference(before, after)
        if change.place in chosen and means(change, matter, after, on) is Consequence.DECIDE
    }


def means(
    change: Change,
    matter: OpenMatter,
    after: EditionDocument,
    on: date,
    known: dict[RunningPromise, bool] | None = None,
) -> Consequence:
    """What a change means for one open matter, if it is carried out on a day.

    known: which promises stay as they are; many matters were accepted on one day, and each is reckoned once.
    """
    if change.effect is Effect.NEITHER:
        return Consequence.UNTOUCHED
    stays = change.of == Part.PROMISE and _stays(matter, after, on, {} if known is None else known)
    possible = change.choosable and not stays
    return consequence(change.effect, settled=_settled(change, matter), choosable=possible)


def eased(document: EditionDocument, granted: Easings) -> EditionDocument:
    """The edition with what was granted: what is asked of this one application."""
    if not granted:
        return document
    changes: dict[str, Any] = {
        "materials": tuple(_materials(document, granted)),
        "form_fields": tuple(
            field.model_copy(update={"required": False}) if f"{Part.FIELD}[{field.name}]" in granted else field
            for field in document.form_fields
        ),
        "conditions": tuple(text for text in document.conditions if f"{Part.CONDITION}[{text}]" not in granted),
    }
    if promise := granted.get(Part.PROMISE):
        now = promise["now"]
        changes |= {name: now[name] for name in ("promised_days", "promised_unit")}
        changes["steps"] = tuple(_shorter(step, now["steps"].get(step.name)) for step in document.steps)
    return document.model_copy(update=changes)


def words(document: EditionDocument, granted: Easings) -> list[str]:
    """Each easing in a sentence without its end, as applicants and staff read it. document: the edition it is of."""
    return [_words(document, place, found["now"]) for place, found in granted.items()]


def _materials(document: EditionDocument, granted: Easings) -> Iterable[Material]:
    for material in document.materials:
        found = granted.get(f"{Part.MATERIAL}[{material.key}]")
        if found is None:
            yield material
        elif found["now"] is not None:
            yield material.model_copy(update={"necessity": Necessity(found["now"]["necessity"])})


def _shorter(step: Step, days: float | None) -> Step:
    return step if days is None else step.model_copy(update={"days": days})


def _now(change: Change, before: EditionDocument, after: EditionDocument) -> dict[str, Any] | None:
    if change.of == Part.PROMISE:
        limit = after.decision_limits.promise
        unit = after.promised_unit if after.promised_days is not None else after.statutory_unit
        return {"promised_days": limit.amount, "promised_unit": unit, "steps": _steps(before, after)}
    if change.kind == "removed" or change.of == Part.CONDITION:
        return None
    if change.of == Part.FIELD:
        return {"required": False}
    material = after.material(change.key) or next(each for each in after.materials if each.name == change.title)
    return {"necessity": material.necessity.value}


def _steps(before: EditionDocument, after: EditionDocument) -> dict[str, float]:
    """Steps that both have and that now take fewer days."""
    days = {step.name: step.days for step in after.steps}
    return {
        step.name: now
        for step in before.steps
        if step.days is not None and (now := days.get(step.name)) is not None and now < step.days
    }


def _settled(change: Change, matter: OpenMatter) -> bool:
    if change.of not in set(Part):
        return False
    if change.of == Part.FIELD and change.place in matter.eased:
        return True
    facts = {"there": change.key in matter.handed_in, "asked": change.key in matter.asked}
    return settled(Part(change.of), accepted=matter.accepted, owed=change.key in matter.owed, **facts)


def _stays(matter: OpenMatter, after: EditionDocument, on: date, known: dict[RunningPromise, bool]) -> bool:
    """Does the promise that runs stay as it is, since the shorter one would be over, or no earlier?"""
    promise = matter.promise
    if promise is None:
        return matter.accepted
    if promise not in known:
        facts: dict[str, Any] = {**vars(promise), "calendar": calendar(), "hours": office_hours()}
        known[promise] = shortened(**facts, shorter=after.decision_limits.promise, today=on) is None
    return known[promise]


def _words(document: EditionDocument, place: str, now: Mapping[str, Any] | None) -> str:
    part, _bracket, key = place.removesuffix("]").partition("[")
    if part == Part.PROMISE and now is not None:
        return _("承诺期限缩短为 %(days)s 个%(unit)s") % {"days": now["promised_days"], "unit": now["promised_unit"]}
    if part == Part.CONDITION:
        return _("不再要求“%(text)s”") % {"text": key}
    if part == Part.FIELD:
        field = document.field(key)
        return _("“%(label)s”可以不填") % {"label": field.label if field else key}
    material = document.material(key)
    name = {"name": material.name if material else key}
    return (_("不用再提交“%(name)s”") if now is None else _("“%(name)s”可以不交")) % name
