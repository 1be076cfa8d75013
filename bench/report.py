"""The table people read and the file that is kept."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench import stage

RESULTS = stage.ROOT / "bench" / "results.json"
PAGE = stage.ROOT / "docs" / "benchmarks.md"
HEAD = """# What it costs

Written by `make bench`, like bench/results.json; nothing here is typed by hand. What falls short of its aim says so.
"""


@dataclass(frozen=True)
class Line:
    """One figure. against: what it is compared with, ratio: the figure divided by that. better: more or less."""

    part: str
    name: str
    value: float
    unit: str
    against: str = ""
    ratio: float | None = None
    aim: float | None = None
    aim_of: str = "value"
    better: str = "less"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        reached = self.ratio if self.aim_of == "ratio" else self.value
        assert reached is not None
        return reached >= self.aim if self.better == "more" else reached <= self.aim


def keep(measured: Mapping[str, Sequence[Line]], facts: Mapping[str, Any], notes: Sequence[str]) -> None:
    """Put what each suite gave in place of what it gave before, in bench/results.json and as a page to read.

    facts: when, at which commit and on what machine; kept with each suite, since not all are measured at once.
    """
    suites = _kept()
    for name, lines in measured.items():
        suites[name] = {**facts, "figures": [_plain(line) for line in lines]}
    text = json.dumps({"notes": list(notes), "suites": suites}, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n")
    PAGE.write_text(page(suites, notes))


def _kept() -> dict[str, dict[str, Any]]:
    return dict(json.loads(RESULTS.read_text())["suites"]) if RESULTS.exists() else {}


def page(suites: Mapping[str, Mapping[str, Any]], notes: Sequence[str]) -> str:
    """The figures as Markdown, a table for each part."""
    rows = [HEAD]
    for suite in suites.values():
        rows += _tables([_line(each) for each in suite["figures"]])
    rows += ["\n## How it was measured\n", *(f"- {note}" for note in notes)]
    rows += [f"- `{name}`: {_where(suite)}." for name, suite in suites.items()]
    return "\n".join(rows) + "\n"


def _tables(lines: Sequence[Line]) -> list[str]:
    rows, part = [], ""
    for line in lines:
        if line.part != part:
            part = line.part
            rows.append(f"\n## {part}\n\n| | | | aim |\n|---|---:|---|---|")
        beside = "; ".join(each for each in (_ratio(line), line.note) if each)
        rows.append(
            f"| {line.name} | {_number(line.value)} {line.unit} | {beside} | {_aim(line).replace(' aim:', '')} |"
        )
    return rows


def _where(suite: Mapping[str, Any]) -> str:
    machine = ", ".join(f"{name} {value}" for name, value in suite["machine"].items())
    return f"{suite['day']}, commit {suite['commit']}, on {machine}"


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(**{name: value for name, value in kept.items() if name != "met"})


def table(lines: Sequence[Line]) -> str:
    """All figures, part by part."""
    rows, part = [], ""
    for line in lines:
        if line.part != part:
            part = line.part
            rows += ["", part]
        rows.append(
            f"  {_padded(line.name, 44)} {_number(line.value):>10} {line.unit:<12} {_ratio(line):<24} {_aim(line)}".rstrip()
        )
    return "\n".join(rows)


def _plain(line: Line) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(line).items() if value not in (None, "")}
    kept["value"] = float(f"{line.value:.8g}")
    if line.ratio is not None:
        kept["ratio"] = float(f"{line.ratio:.6g}")
    if line.aim is None:
        kept.pop("aim_of"), kept.pop("better")
    return kept | ({"met": line.met} if line.met is not None else {})


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2g}"


def _ratio(line: Line) -> str:
    return f"{line.ratio:.2f} of {line.against}" if line.ratio is not None else ""


def _aim(line: Line) -> str:
    if line.met is None:
        return ""
    bound = "at least" if line.better == "more" else "at most"
    return f"{'✓' if line.met else '✗'} aim: {bound} {line.aim:g}{' of it' if line.aim_of == 'ratio' else ''}"


def _padded(text: str, width: int) -> str:
    """Chinese characters are two columns wide."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return text + " " * max(0, width - len(text) - wide)
