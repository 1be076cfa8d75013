"""The console command: what needs no database, and how it refuses."""

from __future__ import annotations

import subprocess
import sys

import pytest

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


def test_check_says_that_a_number_is_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "check", "citizen-id", "11010519491231002X") == ["valid"]


def test_check_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "uscc", "91350100M000100Y4Y"]) == 1

    assert capsys.readouterr().out.startswith("invalid: ")


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
        ["check", "passport", "E1"],
        ["check", "uscc"],
        ["demo", "--port", "70000"],
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
