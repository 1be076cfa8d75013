"""An item gives a new licence, or the next version of one; an annulled version gives back the one before it."""

from __future__ import annotations

from datetime import date

from tests.law.test_rules_in_words import rows
from yimen.law.versions import Earlier, act_of, stands_again


def test_the_acts_of_the_worked_table() -> None:
    for item, chosen, act in rows("versions", "item"):
        found = act_of([item, *([] if chosen == "–" else [chosen])])

        assert (found.value if found else "–") == act, item


def earlier(key: int, words: str) -> Earlier:
    until = date.fromisoformat(words[-10:]) if "until" in words else None
    return Earlier(key, "gave way" in words, words == "annulled", until)


def test_an_annulment_gives_back_what_the_worked_table_says() -> None:
    for versions, told in rows("versions", "versions, the newest first"):
        texts = [] if versions == "–" else versions.split(", ")
        past = [earlier(len(texts) - place, text) for place, text in enumerate(texts)]

        found = stands_again(past, day=date(2026, 3, 9))

        assert ("–" if found is None else "in time" if found.in_time else "too late") == told, versions
        assert found is None or past[len(texts) - found.key].gave_way
