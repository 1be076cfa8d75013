"""What both offices approved counts from its day on."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from procrastinate.contrib.django import app

from yimen.catalog import commands
from yimen.catalog.commands.package_life import put_package_into_effect
from yimen.catalog.queries import life
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.time import now

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="catalog.effect", queueing_lock="catalog.effect", pass_context=False)
def effect(timestamp: int = 0) -> None:
    """Every minute, so that an edition counts from the first minute of its day."""
    put_into_effect(at=now())


def put_into_effect(*, at: datetime) -> None:
    """Each by itself: one that can't stops no other. Editions first: they may take the place of a cancelled item,

    and a package may lead to them.
    """
    for edition in life.editions_due(at):
        _each(partial(commands.take_effect, edition), at)
    for package in life.packages_due(at):
        _each(partial(put_package_into_effect, package), at)
    for measure in life.measures_due(at):
        _each(partial(commands.carry_out, measure), at)


def _each(act: Callable[..., object], at: datetime) -> None:
    try:
        act(by=Actor.system(), at=at)
    except Refusal as refused:
        log.info("not put into effect: %s", refused.detail)
