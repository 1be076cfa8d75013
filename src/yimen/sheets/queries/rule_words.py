"""A rule between fields in words, before anybody has broken it."""

from __future__ import annotations

from yimen.law.form_rules import owners, sentence, unfit
from yimen.sheets.choices import FormRule, Sheet
from yimen.sheets.queries.ruling import facts, law


def rule_words(sheet: Sheet, rule: FormRule) -> str:
    """What a rule asks for, as a person is told when it doesn't hold; "" for one that can't be judged over the form."""
    if unfit(law(rule), facts(sheet)):
        return ""
    return rule.message or sentence(law(rule), {each.name: each for each in facts(sheet)}, owners(law(rule)))
