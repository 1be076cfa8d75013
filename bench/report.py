"""The table people read and the file that is kept."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
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


def keep(lines: Sequence[Line], facts: dict[str, Any], notes: Sequence[str]) -> None:
    """Write bench/results.json, and the same as a page to read."""
    figures = [_plain(line) for line in lines]
    text = json.dumps({"machine": facts, "notes": list(notes), "figures": figures}, ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n")
    PAGE.write_text(page(lines, facts, notes))


def page(lines: Sequence[Line], facts: dict[str, Any], notes: Sequence[str]) -> str:
    """The figures as Markdown, a table for each part."""
    rows, part = [HEAD], ""
    for line in lines:
        if line.part != part:
            part = line.part
            rows.append(f"\n## {part}\n\n| | | | aim |\n|---|---:|---|---|")
        beside = "; ".join(each for each in (_ratio(line), line.note) if each)
        rows.append(
            f"| {line.name} | {_number(line.value)} {line.unit} | {beside} | {_aim(line).replace(' aim:', '')} |"
        )
    machine = ", ".join(f"{name} {value}" for name, value in facts.items())
    return "\n".join(
        [*rows, "\n## How it was measured\n", *(f"- {note}" for note in notes), f"- The machine: {machine}.\n"]
    )


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
    kept["value"] = float(f"{line.value:.4g}")
    if line.ratio is not None:
        kept["ratio"] = float(f"{line.ratio:.3g}")
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
