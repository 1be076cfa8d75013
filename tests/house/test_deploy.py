"""What a city is told in deploy/README.md holds: a backup comes back whole, the services name what is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.builders import walk
from tools.lint import ROOT
from yimen.kit.postgres import programs
from yimen.ledger.models import Head

DEPLOY = ROOT / "deploy"


def address(database: str) -> str:
    """As a libpq string, which DATABASE_URL may be too."""
    known = connection.settings_dict
    parts = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "password": known["PASSWORD"]}
    return make_conninfo(dbname=database, **{name: value for name, value in parts.items() if value})


def run(*words: object, **surroundings: object) -> str:
    path = {"PATH": f"{programs()}:{os.environ['PATH']}"}
    environment = os.environ | path | {name: str(value) for name, value in surroundings.items()}
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_whole(tmp_path: Path) -> None:
    town = walk.town()
    walk.received(town, town.release("food-business-licence"), at=walk.at("2026-03-02"))
    var, kept, again = tmp_path / "var", tmp_path / "kept", tmp_path / "again"
    shutil.copytree(settings.YIMEN_FILES, var / "files")
    shutil.copytree(settings.YIMEN_KEYS, var / "keys")

    named = run(
        DEPLOY / "backup", kept, DATABASE_URL=address(str(connection.settings_dict["NAME"])), YIMEN_VAR=var
    ).strip()
    again.mkdir()
    run("tar", "-xzf", named.replace(".dump", "-files.tar.gz"), "-C", again)
    said = _restored(named, again)

    assert said.startswith(f"{Head.objects.count()} chains with ")
    assert sorted(path.name for path in kept.iterdir()) == sorted(
        [Path(named).name, Path(named).name.replace(".dump", "-files.tar.gz")]
    )
    for folder in ("files", "keys"):
        assert _tree(again / folder) == _tree(var / folder) != set()


def _tree(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def _restored(dump: str, var: Path) -> str:
    """What `yimen verify` says of the dump in a database of its own."""
    database = f"restored_{os.getpid()}"
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {database}")
        try:
            run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "-d", address(database), dump)
            return run(sys.executable, "-m", "yimen", "verify", DATABASE_URL=address(database), YIMEN_VAR=var)
        finally:
            server.execute(f"DROP DATABASE {database} WITH (FORCE)")


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [DEPLOY / "backup", tmp_path / "kept"], capture_output=True, text=True, check=False,
        env=os.environ | {"DATABASE_URL": "postgresql:///nothing?host=/nowhere", "YIMEN_VAR": str(tmp_path / "var")},
    )  # fmt: skip

    assert done.returncode != 0
    assert list((tmp_path / "kept").iterdir()) == []


def test_the_services_start_commands_that_there_are() -> None:
    from yimen.__main__ import main

    for service in (DEPLOY / "systemd").glob("*.service"):
        command = re.search(r"^ExecStart=\S+/yimen (\w+)", service.read_text(), re.M)
        assert command, service.name
        with pytest.raises(SystemExit) as asked:
            main([command.group(1), "--help"])
        assert asked.value.code == 0


def test_every_setting_of_the_example_is_one() -> None:
    from yimen.settings import Environment

    named = re.findall(r"^(\w+)=", (DEPLOY / "yimen.env.example").read_text(), re.M)
    known = {"DATABASE_URL", *(f"YIMEN_{name.upper()}" for name in Environment.model_fields)}

    assert set(named) <= known
