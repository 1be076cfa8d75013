"""Whatever is sent, nothing breaks: schemathesis over every operation, as nobody, citizen, clerk and chief."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.builders import walk
from yimen.api import api
from yimen.wsgi import application

EXAMPLES = 12
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(api.document())
SCHEMA.app = application
OPERATIONS = {f"{each.ok().method.upper()} {each.ok().path}": each.ok() for each in SCHEMA.get_all_operations()}


@pytest.mark.parametrize("account", ["", "owner", "clerk", "chief"])
def test_nothing_that_is_sent_breaks_the_server(account, program, town, clock, edition, settings):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    settings.ALLOWED_HOSTS = ["*"]
    settings.YIMEN_CALLS_PER_MINUTE = 10_000
    token = program(account).token if account else ""
    known = {
        "number": walk.accepted(town, edition, at=clock.at).number,
        "key": edition.doc.materials[0].key,
        "slug": edition.item.slug,
    }

    for operation in OPERATIONS.values():
        _fuzz(operation, known, {"Authorization": f"Bearer {token}"} if token else {})


def _fuzz(operation, known, headers):
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def send(case, real):
        if real:  # half of the time about something that is there
            case.path_parameters |= {name: value for name, value in known.items() if name in case.path_parameters}
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()
