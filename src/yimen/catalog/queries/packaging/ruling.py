"""The rules between fields (form_rules) of a package's members, judged over the merged form."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from yimen.catalog.queries.packaging.assembling import Assembly
from yimen.law.completeness import Missing
from yimen.law.form_rules import owners
from yimen.sheets import queries as sheets


def broken_rules(assembly: Assembly, answers: Mapping[str, Any], *, but: Collection[str] = ()) -> list[Missing]:
    """Each member's rules that do not hold, told at the merged form's fields; what several members ask for, once.

    A rule over what an earlier member's result will say waits for that. but: members that tell it themselves.
    """
    found: dict[tuple[Any, ...], Missing] = {}
    for member in assembly.members:
        own, given = assembly.answers_of(member.slug, answers), assembly.given_fields(member.slug)
        for each in sheets.judged(member.document, own) if member.slug not in but else ():
            if given.isdisjoint(owners(each.rule)):
                places = tuple(_place(assembly, member.slug, name, answers) for name in each.fields)
                rule = each.rule
                same = (rule.kind, rule.op, rule.value, rule.message, places)
                found.setdefault(same, sheets.lack(each, places))
    return list(found.values())


def _place(assembly: Assembly, slug: str, name: str, answers: Mapping[str, Any]) -> str:
    """Where the member's answer stands: what was asked again, when the shared question had none for it."""
    places = assembly.form.places.get((slug, name), (name,))
    return next((each for each in reversed(places) if answers.get(each) not in (None, "", [])), places[0])
