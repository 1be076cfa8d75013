"""In which language a program is answered: what people read (detail, messages, labels) follows Accept-Language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def tongue(request: HttpRequest) -> str:
    """The first language asked for that the house speaks; Chinese for programs that ask for none."""
    for wanted, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        for spoken, _ in settings.LANGUAGES:
            if weight and wanted.partition("-")[0] == spoken.partition("-")[0]:
                return str(spoken)
    return str(settings.LANGUAGE_CODE)
