"""The door for the web server (granian)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from typing import IO, Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.settings")

IN_MEMORY, PIECE = 1024 * 1024, 64 * 1024
_house = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django takes a body without a length for none; programs that send in chunks would be told that all is missing."""
    if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower() and not environ.get("CONTENT_LENGTH"):
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            environ["CONTENT_LENGTH"] = str(_drained(environ["wsgi.input"], body))
            environ["wsgi.input"] = body
            return _house(environ, start_response)
    return _house(environ, start_response)


def _drained(source: IO[bytes], body: IO[bytes]) -> int:
    """The length of what was sent, up to a little more than the house would take."""
    from django.conf import settings

    most, length = settings.YIMEN_UPLOAD_LIMIT + 2 * IN_MEMORY, 0
    while length < most and (piece := source.read(PIECE)):
        length += body.write(piece)
    body.seek(0)
    return length
