"""docs/rules/catalogue.md tells the rules as they are."""

from __future__ import annotations

import re

from tests.law.test_rules_in_words import rows
from yimen.law.catalogue import RULES, STANDARD
from yimen.law.catalogue.citing import rank
from yimen.law.catalogue.durations import compared
from yimen.law.catalogue.naming import known_as


def test_every_rule_stands_there_with_its_weight_and_source() -> None:
    told = [tuple(row) for row in rows("catalogue", "rule")]

    assert told == [
        (f"`{rule.code}`", str(rule.number), rule.severity, "yes" if rule.firm else "", rule.says, rule.source)
        for rule in RULES.values()
    ]


def test_which_limit_is_longer() -> None:
    for promised, statutory, order in rows("catalogue", "promised"):
        first, second = promised.split(), statutory.split()
        assert compared(int(first[0]), first[1], int(second[0]), second[1]).order == order, (promised, statutory)


def test_which_words_offend() -> None:
    for where, text, words in rows("catalogue", "where"):
        found = [text[begin:end] for each in STANDARD.offences(text, where) for begin, end in each.marks]
        assert found == [word for word in re.split("；", words) if word], text


def test_what_a_basis_cites() -> None:
    for basis, told in rows("catalogue", "basis"):
        assert rank(basis) == told, basis


def test_what_a_material_is_known_as() -> None:
    for name, known in rows("catalogue", "called"):
        assert known_as(name) == known, name
