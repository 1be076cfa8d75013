"""What every template has: the city's name, the time, who is here and where they may go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.ui import ports

PLAIN_COOKIE = "yimen_plain"
# In the session: {subject, name, url} of the firm one stands for, None for oneself; and whether there are firms at all.
STANDING, ACTS = "standing", "acts"
FOOT = [
    ("help", _("办事帮助")), ("follow", _("查办件进度")), ("lists", _("公开清单")),
    ("consultations", _("征求意见")), ("about", _("关于一门")),
    ("accessibility", _("无障碍声明")), ("privacy", _("个人信息保护")),
]  # fmt: skip


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; see docs/ui.md. The navigation is only worked out when a desk frame asks for it."""
    actor = getattr(request, "actor", None) or Actor()
    instant = now()
    return {
        "now": instant,
        "shell": {
            "city": settings.YIMEN_CITY_NAME,
            "now": instant,
            "actor": actor,
            "staff": actor.is_staff,
            "plain": request.COOKIES.get(PLAIN_COOKIE) == "1",
            "nav": SimpleLazyObject(lambda: navigation(actor, request.path)),
            "foot": FOOT,
            "standing": _remembered(request, actor, STANDING),
            "acts": _remembered(request, actor, ACTS),
            "frame": "ui/desk.html" if actor.is_staff else "ui/citizen.html",
        },
    }


def _remembered(request: HttpRequest, actor: Actor, key: str) -> Any:
    """For the page's head. Nobody signed in, or a program: no session is read."""
    session = getattr(request, "session", None)
    return session.get(key) if session is not None and actor.user is not None else None


def navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The desk entries as the frame shows them; the longest address that begins the path is the current one."""
    lines = [(entry, url) for entry in ports.entries(actor) if (url := ports.address(entry.url_name))]
    current = max((url for _entry, url in lines if path.startswith(url)), key=len, default="")
    return [
        {
            "key": entry.key,
            "label": entry.label,
            "icon": entry.icon,
            "group": entry.group,
            "count": entry.count(actor) if entry.count else None,
            "url": url,
            "current": url == current,
        }
        for entry, url in lines
    ]
