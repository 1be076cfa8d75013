"""Addresses: each room's urls module holds its own paths from the root; this only mounts them, in the rooms' order."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from yimen.kit.addresses import room

# The shell's few addresses stand together under one word.
PREFIXES = {"ui": "ui/"}


def _rooms() -> list[str]:
    installed = [room for room in settings.ROOMS if f"yimen.{room}" in settings.INSTALLED_APPS]
    return [room for room in installed if find_spec(f"yimen.{room}.urls")]


urlpatterns = [
    *(room(PREFIXES.get(name, ""), include(f"yimen.{name}.urls")) for name in _rooms()),
    # Sign-in and out bear the names that allauth asks for, so they have no namespace.
    path("account/", include("yimen.identity.urls.account")),
]

if find_spec("yimen.api"):
    urlpatterns.append(path("api/", include("yimen.api")))

handler400 = "yimen.kit.rest.faults.bad_request"
handler404 = "yimen.kit.rest.faults.not_found"
handler500 = "yimen.kit.rest.faults.crashed"
