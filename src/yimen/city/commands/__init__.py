"""Changing the city's registers. Who may: duty administrator (halls, windows: hall manager too), the platform."""

from __future__ import annotations

from yimen.city.commands.calendar import forget_calendar_day, publish_year, set_calendar_day
from yimen.city.commands.keys import (
    AlreadyRevoked,
    NoKeyLeft,
    Signed,
    key_in_use,
    make_first_key,
    revoke_key,
    rotate_key,
    sign_for,
)
from yimen.city.commands.loading import load_divisions
from yimen.city.commands.places import add_division, put_agency, put_division, put_hall, put_window
from yimen.city.commands.posts import DutiesClash, put_post

__all__ = [
    "AlreadyRevoked",
    "DutiesClash",
    "NoKeyLeft",
    "Signed",
    "add_division",
    "forget_calendar_day",
    "key_in_use",
    "load_divisions",
    "make_first_key",
    "publish_year",
    "put_agency",
    "put_division",
    "put_hall",
    "put_post",
    "put_window",
    "revoke_key",
    "rotate_key",
    "set_calendar_day",
    "sign_for",
]
