"""An item gives a new licence, or the next version of one."""

from __future__ import annotations

from tests.law.test_rules_in_words import rows
from yimen.law.versions import act_of


def test_the_acts_of_the_worked_table() -> None:
    for item, chosen, act in rows("versions", "item"):
        found = act_of([item, *([] if chosen == "–" else [chosen])])

        assert (found.value if found else "–") == act, item
