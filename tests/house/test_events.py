"""News is for somebody: every event is heard, or stands here with the reason why nobody needs to."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime

from tools import docs
from yimen.kit import events

# Said for rooms that are not built yet; the words are who will want it.
UNHEARD = {
    "catalog.ItemSuspended": "exchange tells the province's catalogue",
    "catalog.ItemResumed": "exchange tells the province's catalogue",
    "catalog.ItemCancelled": "exchange tells the province's catalogue",
    "review.TaskDone": "analytics counts how long each step takes",
    "results.ResultIssued": "exchange reports it upwards",
    "supervision.CardIssued": "exchange reports it, analytics counts it",
    "vault.BatchReturned": "analytics counts what had to be digitised again; its loader sees it in the list",
    "vault.BatchEntered": "exchange tells the national licence service of old licences",
    "vault.LicenceRevoked": "exchange tells the national licence service",
}
CARRIED = {"int", "str", "bool", "date", "datetime", "float"}


def test_every_event_is_heard_or_listed() -> None:
    docs.events_page()

    assert {name for name in events.EVENTS if not events.HEARERS.get(name)} == set(UNHEARD)


def test_nobody_hears_what_nobody_says() -> None:
    docs.events_page()

    assert set(events.HEARERS) <= set(events.EVENTS)


def test_every_event_survives_the_journey_through_a_job() -> None:
    docs.events_page()
    samples = {"int": 1, "str": "一", "bool": True, "date": date(2026, 3, 2), "float": 0.5}
    samples["datetime"] = datetime.fromisoformat("2026-03-02T09:00:00+08:00")

    for name, cls in events.EVENTS.items():
        facts = {field.name: samples.get(str(field.type).split(" |")[0]) for field in dataclasses.fields(cls)}
        event = cls(**facts)

        assert events.unpack(name, events.pack(event)) == event


def test_an_event_carries_only_plain_facts() -> None:
    docs.events_page()

    odd = {
        f"{name}.{field.name}: {field.type}"
        for name, cls in events.EVENTS.items()
        for field in dataclasses.fields(cls)
        if not {part.strip() for part in str(field.type).split("|")} <= CARRIED | {"None"}
    }
    assert odd == set()


def test_the_page_of_events_is_fresh() -> None:
    assert docs.EVENTS.read_text("utf-8") == docs.events_page(), "run python -m tools.docs"
