"""Plumbing of the API: who asks, strict JSON, problems in Chinese, the schema, its page.

The rooms' `api.py` import what they need from here; `yimen.api` mounts them.
"""

from yimen.kit.rest.api import Api, BearerToken, SessionCookie
from yimen.kit.rest.bodies import body_of, form_of
from yimen.kit.rest.door import door
from yimen.kit.rest.shapes import Asked, Given, Line, Listed, Reason, Shape, Words, listed
from yimen.kit.rest.times import moment

__all__ = [
    "Api",
    "Asked",
    "BearerToken",
    "Given",
    "Line",
    "Listed",
    "Reason",
    "SessionCookie",
    "Shape",
    "Words",
    "body_of",
    "door",
    "form_of",
    "listed",
    "moment",
]
