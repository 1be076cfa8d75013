"""What is over is forgotten every night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from yimen.identity.tasks import keep_house
from yimen.kit.time import now

pytestmark = pytest.mark.django_db


def test_sessions_that_are_over_go_and_the_others_stay():
    for key, hours in (("over", -1), ("running", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=now() + timedelta(hours=hours))

    keep_house()

    assert [each.session_key for each in Session.objects.all()] == ["running"]
