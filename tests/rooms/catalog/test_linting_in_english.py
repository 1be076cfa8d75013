"""The 目录体检 on an English page: what rules are called, ask and why they weigh as they do."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.rooms.catalog.test_checkups import CARD, checked, sign_in, with_proof
from yimen.kit.telling import translated
from yimen.law.catalogue import GROUPS, RULES, STANDARD

HAN = re.compile(r"[\u4e00-\u9fff]")
SAID = [
    *(text for rule in RULES.values() for text in (rule.title, rule.says, rule.reason)),
    *GROUPS.values(),
    *(wording.why for wording in STANDARD.wordings),
]


def test_all_that_the_rules_say_has_its_english() -> None:
    with translation.override("en"):
        lacking = [text for text in SAID if translated(text) == text]

    assert lacking == []


@pytest.mark.django_db
def test_the_pages_speak_english(client: Client) -> None:
    sign_in(client, "administrator")
    client.cookies["django_language"] = "en"
    edition = with_proof(CARD)
    checked()
    where = {"lint": [], "lint_by_rule": [], "lint_rules": [], "lint_agency": [edition.item.agency.code]}
    for name, args in where.items():
        page = client.get(reverse(f"catalog:{name}", args=args)).content.decode()
        assert "没有依据的证明一律取消" not in page, name
        if name != "lint":
            assert "No proof without a legal basis" in page, name
    item = client.get(reverse("catalog:lint_item", args=[CARD])).content.decode()
    titles = re.findall(r"<h3><a [^>]*>([^<]*)</a>", item)
    assert titles
    assert not any(HAN.search(title) for title in titles)
