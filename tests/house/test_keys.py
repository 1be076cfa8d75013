"""Foreign keys across rooms: imports can't see them when they are strings, so this walks the models."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from tools.lint import ROOT


def keys() -> Iterator[tuple[str, str, models.ForeignKey[Any, Any]]]:
    """Room, room pointed at, key; for keys that leave their room."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
                here, there = model._meta.app_label, field.related_model._meta.app_label  # type: ignore[union-attr]
                if here in settings.ROOMS and here != there:
                    yield here, there, field


def test_a_key_points_to_an_earlier_room() -> None:
    order = {room: place for place, room in enumerate(settings.ROOMS)}

    forward = [str(key) for here, there, key in keys() if order.get(there, -1) > order[here]]

    assert forward == []


def test_a_key_across_rooms_protects_what_it_points_to() -> None:
    loose = [
        str(key)
        for here, there, key in keys()
        if there in settings.ROOMS and getattr(key.remote_field, "on_delete", None) is not models.PROTECT
    ]

    assert loose == []


def test_a_key_across_rooms_has_no_reverse_name() -> None:
    named = [str(key) for here, there, key in keys() if there in settings.ROOMS and not key.remote_field.hidden]

    assert named == []


def test_rooms_are_installed_in_the_order_of_the_journey() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "journey")["layers"]
    rooms = [{name.strip(" ()") for name in layer.split("|")} for layer in reversed(layers)]
    place = {room: number for number, layer in enumerate(rooms) for room in layer}

    assert {"kit", "law", *settings.ROOMS} == set(place)
    assert sorted(settings.ROOMS, key=place.__getitem__) == settings.ROOMS
