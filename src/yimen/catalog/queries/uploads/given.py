"""An answer that carries a file made for whoever asks."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from yimen.files.choices import MediaType


def as_file(content: bytes, name: str, kind: MediaType) -> HttpResponse:
    """An answer that a browser saves under a Chinese name."""
    answer = HttpResponse(content, content_type=kind.name)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name + kind.extension, safe='')}"
    answer["Cache-Control"] = "private, no-store"
    return answer
