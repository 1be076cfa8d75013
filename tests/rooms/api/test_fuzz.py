"""Whatever is sent, nothing breaks: schemathesis over every operation, as nobody, citizen, clerk and chief."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.builders import walk
from yimen.api import api
from yimen.review.queries import of as tasks_of
from yimen.wsgi import application

EXAMPLES = 8
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(api.document())
SCHEMA.app = application
OPERATIONS = {f"{each.ok().method.upper()} {each.ok().path}": each.ok() for each in SCHEMA.get_all_operations()}
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@pytest.fixture(autouse=True)
def _one_connection():
    """The server would close the connection after each request, and with it the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("account", ["", "owner", "clerk", "chief"])
def test_nothing_that_is_sent_breaks_the_server(account, program, town, clock, edition, firm, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    settings.ALLOWED_HOSTS = ["*"]
    settings.YIMEN_CALLS_PER_MINUTE = 10_000
    headers = {"Authorization": f"Bearer {program(account).token}"} if account else {}
    places, bodies = _what_is_there(town, edition, clock.at, firm)

    for name, operation in OPERATIONS.items():
        verb = name.rsplit("/", 1)[-1]
        number = places.get(name) or places.get(verb) or places["accept"]
        _fuzz(operation, {**places, "number": number}, bodies.get(name) or bodies.get(verb) or {}, headers)


def _what_is_there(town, edition, at, firm):
    """A number for each operation, of a case in the state that it needs, and what in its body would be right."""
    draft = walk.apply_for(town, edition, at=at).number
    received, accepted = (make(town, edition, at=at) for make in (walk.received, walk.accepted))
    reviewed, decided = (make(town, edition, at=at) for make in (walk.reviewed, walk.decided))
    key = edition.doc.materials[0].key
    places = {"key": key, "slug": edition.item.slug} | {
        verb: case.number
        for verbs, case in (
            ("accept ask-supplement refuse not-needed withdraw void", received),
            ("opine pause extend forward resume", accepted),
            ("decide", reviewed),
            ("issue deliver", decided),
        )
        for verb in verbs.split()
    }
    in_drafts = {name: draft for name in OPERATIONS if "/applications/{number}" in name}
    bodies = {
        "POST /api/v1/applications": {"item": edition.item.slug, "subject": firm},
        "PUT /api/v1/applications/{number}/answers": {},
        "ask-supplement": {"materials": [{"key": key, "reason": "不清晰"}], "fields": []},
        "opine": {"task": tasks_of(accepted)[0].pk},
        "pause": {"ground": "听证"},
    }
    return places | in_drafts, bodies


def _fuzz(operation, known, right, headers):
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in MODES)), real=st.booleans())
    def send(case, real):
        if real:  # half of the time about something that is there
            case.path_parameters |= {name: value for name, value in known.items() if name in case.path_parameters}
            if isinstance(case.body, dict):
                case.body = {**case.body, **right}
        with transaction.atomic():
            case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)

    send()
