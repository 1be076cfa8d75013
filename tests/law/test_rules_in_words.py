"""The worked tables under docs/rules/ are true: each row is reckoned."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from yimen.law import extensions, masking
from yimen.law.calendar import CHINA
from yimen.law.card_rules import RULES
from yimen.law.cards import instants
from yimen.law.clocks import RUNS, ClockKind, deemed_acceptance
from yimen.law.conditions import parse
from yimen.law.identifiers import case_number, citizen_id, licence, uscc
from yimen.law.limits import Limit, Pause, Unit, due_on
from yimen.law.pauses import cited
from yimen.law.states import TRANSITIONS, State
from yimen.law.transition import shortened

RULES_IN_WORDS = Path(__file__).parent.parent.parent / "docs/rules"


def rows(page: str, first: str) -> list[list[str]]:
    """The cells of the table on a page whose first column has this heading."""
    lines = (RULES_IN_WORDS / f"{page}.md").read_text("utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"| {first} |")) + 2
    found = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    assert found
    return found


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_days_of_the_calendar():
    for when, working, why in rows("calendar", "day"):
        assert CHINA.is_working(day(when)) is (working == "yes")
        assert CHINA.why(day(when)) == why


def test_the_due_days_of_limits():
    for opened, limit, pauses, extension, due, _ in rows("limits", "opened"):
        amount, unit = limit.split()
        stopped = [Pause(day(each[:10]), day(each[12:])) for each in pauses.split()]

        found = due_on(
            opened=day(opened),
            limit=Limit(int(amount), Unit(unit)),
            pauses=stopped,
            extension=int(extension),
            calendar=CHINA,
        )

        assert found == day(due), opened


def limit(text: str) -> Limit:
    amount, unit = text.split()
    return Limit(int(amount), Unit(unit))


def interval(text: str) -> Pause:
    return Pause(day(text[:10]), day(text[12:]) if text[12:] else None, "听证", 10)


def test_when_an_open_matter_takes_a_shorter_promise():
    for opened, given, shorter, pauses, today, due, _ in rows("transition", "opened"):
        found = shortened(
            opened=day(opened),
            limit=limit(given),
            shorter=limit(shorter),
            pauses=[interval(each) for each in pauses.split()],
            today=day(today),
            calendar=CHINA,
        )

        assert found == (None if due == "keeps" else day(due)), (opened, shorter, today)


def test_the_days_on_which_silence_accepts():
    for arrived, due, strikes, accepted in rows("clocks", "arrived"):
        deemed = deemed_acceptance(received_on=day(arrived), calendar=CHINA)

        assert [deemed.due, deemed.strikes_on, deemed.accepted_on] == [day(due), day(strikes), day(accepted)]


def test_what_states_do_to_clocks():
    kinds = ["acceptance", "promise", "statutory", "step", "delivery", "supplement"]
    for name, *effects in rows("clocks", "state"):
        state = State.CLOSED if name == "final states" else State(name)
        told = {ClockKind(kind): effect.split()[0] for kind, effect in zip(kinds, effects, strict=True) if effect}

        assert {kind: effect.value for kind, effect in RUNS[state].items()} == told


def test_the_transitions_of_states():
    told = {(state, verb): target for state, verb, target, _ in rows("states", "from")}

    assert told == {(state.value, verb.value): target.value for (state, verb), target in TRANSITIONS.items()}


def test_the_caps_of_extensions():
    told = {
        handling: (int(most), approver, article) for handling, most, approver, article in rows("extensions", "handling")
    }

    assert told == {key.value: (cap.days, cap.approver.label, cap.article) for key, cap in extensions.CAPS.items()}


def test_the_grounds_of_pauses():
    assert [cited(ground) for ground, _ in rows("pauses", "ground")] == [told for _, told in rows("pauses", "ground")]


def test_the_numbers_of_identifiers():
    checks = {
        "citizen-id": lambda value: citizen_id(value, today=date(2026, 11, 21)),
        "uscc": uscc,
        "licence": licence,
        "case-number": case_number,
    }
    for kind, value, answer in rows("identifiers", "kind"):
        assert checks[kind](value).code == answer


def test_what_masking_shows():
    for kind, value, shown in rows("masking", "kind"):
        assert getattr(masking, f"mask_{kind}")(value) == shown


def test_whether_conditions_hold():
    for condition, answers, holds in rows("conditions", "condition"):
        assert parse(condition.strip("`")).holds(json.loads(answers)) is (holds == "yes"), condition


def test_the_rules_of_cards():
    told = [(code, clock, level) for code, clock, level, _ in rows("cards", "code")]

    assert told == [(rule.code, rule.kind.value, rule.level.value) for rule in RULES]


def test_the_days_of_cards():
    for clock, limit, told in rows("cards", "clock"):
        found = instants(kind=ClockKind(clock), opened=date(2026, 3, 2), limit=Limit(int(limit)), calendar=CHINA)

        assert ", ".join(f"{code} {when}" for code, when in found) == told
