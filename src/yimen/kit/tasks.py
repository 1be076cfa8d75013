"""The one job that carries events to those who hear them later."""

from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yimen.kit.events import hearer_named, unpack


@app.task(name="kit.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(*, event: str, reaction: str, facts: dict[str, Any]) -> None:
    """Run one reaction to one event. Retried with growing pauses; a dead one stays visible as a failed job."""
    hearer_named(event, reaction).run(unpack(event, facts))
