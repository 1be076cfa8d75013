"""Who may issue and deliver."""

from __future__ import annotations

from yimen.cases.access import check_of, has
from yimen.cases.ports import VerbRule, plug_verb
from yimen.city.choices import Duty
from yimen.law.states import Verb

plug_verb(VerbRule(Verb.ISSUE, "签发结果", check_of(Verb.ISSUE, has(Duty.DELIVERER, Duty.CHIEF)), order=50))
plug_verb(
    VerbRule(
        Verb.DELIVER, Verb.DELIVER.label, check_of(Verb.DELIVER, has(Duty.DELIVERER, Duty.CLERK, Duty.CHIEF)), order=51
    )
)
