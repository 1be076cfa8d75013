"""What somebody typed is kept over a sign-in: their session had ended when they pressed the button.

It lies sealed in the visitor's session for an hour, is given back once, to the page it was typed on, and only there:
that page asks first whether it may be opened at all. Nothing is saved by it.
"""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from yimen.kit.crypto import seal, unseal
from yimen.kit.time import now

KEY, LONGEST = "typed", 32_000
LASTS = timedelta(hours=1)


def keep_typed(request: HttpRequest, path: str = "") -> bool:
    """Before the visitor is sent to sign in, or back to the page (path) they came from. Passwords are not kept."""
    post = request.POST.copy()
    post.pop("csrfmiddlewaretoken", None)
    body = post.urlencode()
    if request.method != "POST" or not post or len(body) > LONGEST or any("password" in name for name in post):
        return False
    request.session[KEY] = {
        "path": path or request.path,
        "at": now().isoformat(),
        "body": base64.b64encode(seal(body)).decode(),
    }
    return True


def take_typed(request: HttpRequest) -> QueryDict | None:
    """What was typed on this page before signing in, once."""
    kept = request.session.get(KEY)
    if request.method != "GET" or not kept or kept["path"] != request.path:
        return None
    del request.session[KEY]
    if now() - datetime.fromisoformat(kept["at"]) > LASTS:
        return None
    messages.info(request, _("这是您刚才填写的内容，还没有保存，请核对后再保存。"))
    return QueryDict(unseal(base64.b64decode(kept["body"])))
