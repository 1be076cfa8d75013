"""The rules between the fields of a form, judged over its answers; the law is in law.form_rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yimen.law.completeness import Missing
from yimen.law.form_rules import Asked, Broken, Rule, broken, unfit
from yimen.law.said import several
from yimen.sheets.choices import FormField, FormRule, Kind, Sheet
from yimen.sheets.queries.views import asked


def broken_rules(sheet: Sheet, answers: Mapping[str, Any]) -> list[Missing]:
    """Each rule that does not hold, once: at the last of the fields that it looks at, and at the others."""
    return [lack(each, each.fields) for each in judged(sheet, answers)]


def lack(found: Broken, places: Sequence[str]) -> Missing:
    """One of them as what is missing. places: the fields, by the names of the form that is filled in."""
    *others, last = dict.fromkeys(places)
    return Missing("field", last, found.message, f"rule_{found.rule.kind}", tuple(others))


def told_at(lacks: Iterable[Missing]) -> dict[str, str]:
    """{field: what does not hold}, at every field that a rule looks at; blanks are told where they are."""
    told: dict[str, list[str]] = {}
    for each in lacks:
        for name in each.places if each.code.startswith("rule_") else ():
            told.setdefault(name, []).append(each.message)
    return {name: several(messages, "") for name, messages in told.items()}


def judged(sheet: Sheet, answers: Mapping[str, Any]) -> list[Broken]:
    """The rules that do not hold, with all their fields."""
    rules = rules_of(sheet)
    return broken([law(each) for each in rules], facts(sheet), answers, asked(sheet, answers)) if rules else []


def rules_of(sheet: Sheet) -> tuple[FormRule, ...]:
    """A form without rules has none to declare."""
    found: tuple[FormRule, ...] = getattr(sheet, "form_rules", ())
    return found


def unfit_rules(sheet: Sheet) -> list[tuple[int, str]]:
    """(place, why) of each rule that can't be judged over the form it stands in."""
    told = [(place, unfit(law(rule), facts(sheet))) for place, rule in enumerate(rules_of(sheet))]
    return [(place, why) for place, why in told if why]


def law(rule: FormRule) -> Rule:
    """As the law reads it."""
    return Rule(rule.kind, rule.fields, rule.op or "", rule.value, rule.message or "")


def facts(sheet: Sheet) -> list[Asked]:
    """The form's fields as rules see them."""
    return [_fact(one) for one in sheet.form_fields]


def _fact(field: FormField) -> Asked:
    """A form that is still being written may hold words where kinds belong: no rule fits them, and nothing breaks."""
    columns = field.table if field.kind is Kind.TABLE else ()
    return Asked(
        field.name,
        field.label,
        str(field.kind),
        {each.name: str(each.type) for each in columns},
        {each.name: each.label for each in columns},
    )
