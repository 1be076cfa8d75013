"""A body that comes in chunks has no length; it is taken all the same."""

from __future__ import annotations

import io
import json

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.rooms.api.test_problems import problem
from yimen.wsgi import application


class Answer:
    """What a WSGI server would have sent."""

    def __init__(self, environ) -> None:
        self.content = b"".join(application(environ, self.begin))

    def begin(self, status, headers, exc_info=None):
        self.status_code, self.headers = int(status.split()[0]), dict(headers)

    def json(self):
        return json.loads(self.content)


@pytest.fixture(autouse=True)
def _one_connection():
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def sent(program, body):
    return Answer(
        {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/applications", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "wsgi.url_scheme": "http", "CONTENT_TYPE": "application/json",
            "HTTP_TRANSFER_ENCODING": "chunked", "HTTP_AUTHORIZATION": f"Bearer {program.token}",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(),
        }
    )  # fmt: skip


def test_a_body_in_chunks_is_read(program, edition, firm):
    body = json.dumps({"item": edition.item.slug, "subject": firm}).encode()

    assert sent(program("owner"), body).status_code == 201


def test_a_body_in_chunks_without_end_is_too_large(program, town, settings):
    settings.YIMEN_UPLOAD_LIMIT = 1024

    problem(sent(program("owner"), b"x" * 5_000_000), 413, "too_large")
