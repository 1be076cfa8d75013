"""The console command: what needs no database, and how it refuses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from yimen.__main__ import main

HEARING = ["--opened", "2026-03-02", "--limit", "20", "--unit", "working_day", "--pause", "2026-03-09..2026-03-13"]


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(list(words)) == 0
    return capsys.readouterr().out.splitlines()


def test_due_prints_the_day_and_the_reckoning(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "due", *HEARING, "--extension", "0")

    assert lines[0] == "2026-04-07"
    assert any("清明节" in line for line in lines[1:])


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["--opened", "2026-03-02", "--limit", "3", "--unit", "natural_day"], "2026-03-05"),
        (["--opened", "2026-01-31", "--limit", "1", "--unit", "month"], "2026-02-28"),
        (["--opened", "2026-03-02T09:00", "--limit", "2", "--unit", "hour"], "2026-03-02T11:00"),
        (["--opened", "2026-03-02T11:30", "--limit", "1", "--unit", "hour"], "2026-03-02T15:00"),
        ([*HEARING, "--pause", "2026-03-16..2026-03-16"], "2026-04-08"),
    ],
)
def test_due_knows_every_unit(capsys: pytest.CaptureFixture[str], words: list[str], due: str) -> None:
    assert printed(capsys, "due", *words)[0] == due


def test_due_tells_a_year_that_is_to_come_from_one_that_is_not_in_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    past = printed(capsys, "due", "--opened", "2003-03-03", "--limit", "5")
    coming = printed(capsys, "due", "--opened", "2031-03-03", "--limit", "5")

    assert past[-1] == "2003年的放假安排没有收录，按周一至周五为工作日计算。"
    assert coming[-1] == "2031年的放假安排尚未公布，暂按周一至周五为工作日计算，公布后重新计算。"


def test_due_says_when_no_law_allows_such_an_extension(capsys: pytest.CaptureFixture[str]) -> None:
    allowed = printed(capsys, "due", *HEARING, "--extension", "15")
    beyond = printed(capsys, "due", *HEARING, "--extension", "16")

    assert "注意" not in allowed[-1]
    assert beyond[-1] == "注意：法律允许的延长最多15个工作日（许可法第四十二条第二款）。"


def test_a_command_without_its_tables_gets_one_clear_line(tmp_path: Path) -> None:
    known = connection.settings_dict
    bare = make_conninfo(dbname="postgres", host=known["HOST"], port=known["PORT"] or None, user=known["USER"])

    done = subprocess.run(
        [sys.executable, "-m", "yimen", "verify"], capture_output=True, text=True, check=False,
        env=os.environ | {"DATABASE_URL": bare, "YIMEN_VAR": str(tmp_path)},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert "run `yimen migrate` first" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YIMEN_UPLOAD_LIMIT", "much"),
        ("YIMEN_OFFICE_HOURS", "99"),
        ("YIMEN_OFFICE_HOURS", "12:00-08:30"),
        ("DATABASE_URL", "mysql://x"),
        ("YIMEN_VAR", "/proc/nowhere"),
    ],
)
def test_a_slip_in_the_environment_gets_one_line_that_names_it(tmp_path: Path, name: str, value: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yimen", "verify"], capture_output=True, text=True, check=False,
        env=os.environ | {"YIMEN_VAR": str(tmp_path), name: value},
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_the_demonstration_prints_bears_the_port_it_answers_on(tmp_path: Path) -> None:
    told = (
        "from yimen.kit import console\n"
        "console.port_is_free = lambda host, port: False\n"
        "console.demo('127.0.0.1', 8123)\n"
        "from yimen.settings import YIMEN_ADDRESS\n"
        "print(YIMEN_ADDRESS)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "YIMEN_ADDRESS"}

    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True,
        env=environment | {"YIMEN_VAR": str(tmp_path)},
    )  # fmt: skip

    assert done.stdout == "http://127.0.0.1:8123\n"


def test_check_says_that_a_number_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "check", "citizen-id", "11010519491231002X") == ["valid"]


def test_check_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "uscc", "91350100M000100Y4Y"]) == 1

    assert capsys.readouterr().out.startswith("invalid: ")


def test_check_says_how_to_write_it_only_of_what_would_else_be_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "citizen-id", "11010519491231002x"]) == main(["check", "citizen-id", "x"]) == 1

    first, second = capsys.readouterr().out.splitlines()
    assert "(not_normalised)" in first
    assert "(wrong_length)" in second


@pytest.mark.parametrize(
    "words",
    [
        ["due"],
        ["due", "--opened", "2026-02-30", "--limit", "1"],
        ["due", "--opened", "2026-03-02", "--limit", "many"],
        ["due", "--opened", "2026-03-02", "--limit", "-1"],
        ["due", "--opened", "2026-03-02", "--limit", "1", "--unit", "year"],
        ["due", "--opened", "2026-03-02", "--limit", "1", "--pause", "2026-03-09"[:7]],
        ["due", "--opened", "2026-03-02", "--limit", "1", "--pause", "2026-03-09..2026-03-01"],
        ["due", "--opened", "2026-03-02", "--limit", "1", "--extension", "-1"],
        ["due", "--opened", "9999-12-30", "--limit", "20"],
        ["due", "--opened", "2026-03-02", "--limit", "5", "--pause", "0001-01-01..9999-12-31"],
        ["due", "--opened", "2026-03-02", "--limit", "9" * 30],
        ["check", "passport", "E1"],
        ["check", "uscc"],
        ["demo", "--port", "70000"],
        ["serve", "--workers", "0"],
        ["worker", "--concurrency", "-1"],
        ["worker", "--concurrency", "٣"],
        ["no-such-command"],
    ],
)
def test_a_wrong_argument_gets_one_clear_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(words)

    assert refused.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_it_runs_as_a_module_too_and_without_django() -> None:
    asked = "import sys; from yimen.__main__ import main; main(sys.argv[1:]); assert 'django' not in sys.modules"

    done = subprocess.run(
        [sys.executable, "-c", asked, "due", "--opened", "2026-03-02", "--limit", "1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "2026-03-03")
