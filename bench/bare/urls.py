"""One view: three writes in a transaction."""

from __future__ import annotations

import json

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.timezone import now

from bench.bare.models import Case, Event, Outbox


def step(request: HttpRequest, case: int) -> JsonResponse:
    at, opinion = now(), json.loads(request.body)["opinion"]
    with transaction.atomic():
        Event.objects.create(case_id=case, verb="accept", at=at, body=opinion.ljust(300, "x"))
        Case.objects.filter(pk=case).update(state="accepted", version=F("version") + 1, changed_at=at)
        Outbox.objects.create(case_id=case, news={"event": "cases.CaseAccepted", "number": "441400"})
    return JsonResponse({"state": "accepted"})


urlpatterns = [path("cases/<int:case>/accept", step)]
