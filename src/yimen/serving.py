"""The door for web processes that stay: what takes long is worked out at the start, not by whoever comes first."""

from __future__ import annotations

from yimen.kit import warming
from yimen.wsgi import application

__all__ = ["application"]

warming.begin()
