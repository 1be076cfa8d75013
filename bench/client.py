"""A client that costs little beside the servers it measures: one kept connection, requests written by hand."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
KEPT_SECONDS = 15.0


class WrongAnswer(RuntimeError):
    """Something else than success: a benchmark of refusals would be worthless."""


@dataclass
class Client:
    """One connection. taken: seconds of every request that was timed. cookies: kept as a browser does."""

    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    taken: list[float] = field(default_factory=list)
    _used: float = 0.0

    def __post_init__(self) -> None:
        self._connect()

    def get(self, path: str, **headers: str) -> bytes:
        return self.send("GET", path, b"", headers)

    def post(self, path: str, body: dict[str, Any] | bytes, **headers: str) -> bytes:
        """JSON from a dict; a form as bytes."""
        if isinstance(body, dict):
            return self.send("POST", path, json.dumps(body).encode(), headers | {"Content-Type": "application/json"})
        return self.send("POST", path, body, headers | {"Content-Type": "application/x-www-form-urlencoded"})

    def put(self, path: str, body: dict[str, Any], **headers: str) -> bytes:
        return self.send("PUT", path, json.dumps(body).encode(), headers | {"Content-Type": "application/json"})

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """The body of the answer. Raises WrongAnswer for 400 and more."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in (self.headers | headers).items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        request = "\r\n".join([*lines, "", ""]).encode() + body
        if time.monotonic() - self._used > KEPT_SECONDS:
            self._connect()  # a server lets go of a connection that was silent for long
        begun = time.perf_counter()
        self._socket.sendall(request)
        status, answer = self._receive()
        self.taken.append(time.perf_counter() - begun)
        self._used = time.monotonic()
        if status >= 400:
            raise WrongAnswer(f"{method} {path}: {status} {answer[:600].decode(errors='replace')}")
        return answer

    def _connect(self) -> None:
        self._socket = socket.create_connection((HOST, self.port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb", buffering=65536)
        self._used = time.monotonic()

    def _receive(self) -> tuple[int, bytes]:
        status = int(self._file.readline().split(b" ", 2)[1])
        length, chunked, ends = 0, False, False
        while (line := self._file.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            match name.lower():
                case b"content-length":
                    length = int(value)
                case b"transfer-encoding":
                    chunked = True
                case b"connection":
                    ends = value.strip().lower() == b"close"
                case b"set-cookie":
                    key, _, rest = value.strip().decode().partition("=")
                    self.cookies[key] = rest.partition(";")[0]
        body = self._chunks() if chunked else self._file.read(length)
        if ends:
            self._connect()
        return status, body

    def _chunks(self) -> bytes:
        parts = []
        while size := int(self._file.readline(), 16):
            parts.append(self._file.read(size))
            self._file.readline()
        self._file.readline()
        return b"".join(parts)


def side_by_side(jobs: Sequence[Callable[[], Any]]) -> tuple[float, list[Any]]:
    """Do them at once, each in a thread of its own; the seconds until the last is done, and what they gave."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        begun = time.perf_counter()
        given = [future.result() for future in [pool.submit(job) for job in jobs]]
        return time.perf_counter() - begun, given
