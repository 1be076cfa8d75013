"""Sensitive acts ask again who somebody is, if that was not said lately (step-up)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from yimen.kit.time import now

# How long ago somebody may have given their password, in seconds; clocks of servers differ a little.
RECENT, SKEW = 600, 60
SIGNED_IN_BY = "account_authentication_methods"  # where allauth keeps when and how somebody said who they are


def said_lately(request: HttpRequest) -> bool:
    """Signed in, or asked again, within ten minutes."""
    at = now().timestamp()
    return any(-SKEW <= at - float(each.get("at", 0)) <= RECENT for each in request.session.get(SIGNED_IN_BY, []))


def ask_who(request: HttpRequest, words: str) -> HttpResponseRedirect:
    """Ask for the password, and come back. words: before what it is asked."""
    messages.info(request, words)
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
