"""Draws a chart as SVG: one column of boxes, what leads aside at the right. Narrow enough for a phone as it is.

Colours stand as attributes, so that the drawing is right on paper and in a PDF too; the page's style sheet, which knows
the city's colours, wins over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from yimen.catalog.queries.flow import Box, Chart, Shape, Stage

WIDTH = 360
COLUMN = (6, 214)
"""Left edge and width of the main column; beside it the asides."""
ASIDE = (244, 112)
NAME, FACTS, SMALL = 14, 12, 11.5
PAD, GAP, LINE = 11, 30, 1.45
INK, SOFT, RULE, BLUE, PALE, GREEN, PALE_GREEN = (
    "#1b2430", "#52606f", "#77838f", "#1456b8", "#edf3fc", "#16693c", "#e7f4ec",
)  # fmt: skip
FILLS = {Shape.START: (PALE, BLUE), Shape.END: (PALE_GREEN, GREEN), Shape.DECISION: (PALE, BLUE)}
FONT = "Noto Sans SC"

# A number stays with its unit, a Latin word whole; Chinese text may be broken anywhere.
_PIECES = re.compile(r"[（《“]*(?:[\d.]+ ?个?(?:工作日|自然日|小时|月|日)|[A-Za-z0-9]+|.)", re.DOTALL)


@dataclass(frozen=True)
class _Placed:
    """A box with its place and its text already in lines."""

    box: Box
    x: float
    width: float
    names: list[str]
    facts: list[str]

    @property
    def height(self) -> float:
        return 2 * PAD + LINE * (NAME * len(self.names) + FACTS * len(self.facts))


def svg(chart: Chart, ident: str = "flowchart") -> str:
    """The drawing as an `<svg>` element with title and description."""
    parts: list[str] = []
    y = 8.0
    for place, stage in enumerate(chart.stages):
        drawn, bottom, height = _stage(stage, y)
        parts += drawn
        y += height
        if place < len(chart.stages) - 1:
            gap = GAP + (8 if stage.onward else 0)
            parts += _arrow_down(bottom, y + gap, stage.onward, ident)
            y += gap
    marker = (
        f'<defs><marker id="{ident}-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0 8 4 0 8z" fill="{RULE}" class="flowchart__head"/></marker></defs>'
    )
    described = " ".join(f"{n}. {words}" for n, words in enumerate(chart.sentences, 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flowchart" role="img" viewBox="0 0 {WIDTH} {y + 8:g}"'
        f' aria-labelledby="{ident}-title {ident}-desc" font-family="{FONT}">'
        f'<title id="{ident}-title">{escape(chart.title)}</title>'
        f'<desc id="{ident}-desc">{escape(chart.summary + described)}</desc>{marker}{"".join(parts)}</svg>'
    )


def wrapped(text: str, room: float) -> list[str]:
    """The text in lines no wider than `room` (in widths of a Chinese character), about equally long; no line begins

    with a stop, and none holds a lonely last character.
    """
    lines = _greedy(text, room)
    if len(lines) == 1:
        return lines
    even = max(sum(map(_width, text)) / len(lines), room / 2)
    while even < room:
        balanced = _greedy(text, even)
        if len(balanced) == len(lines):
            return balanced
        even += 0.5
    return lines


def _greedy(text: str, room: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _PIECES.findall(text):
        width = sum(map(_width, piece))
        if used + width > room and line and piece not in "，。、；：）》”！？":
            lines.append(line)
            line, used = "", 0.0
        line, used = line + piece, used + width
    return [*lines, line] if line.strip() or not lines else lines


def _width(character: str) -> float:
    return 0.56 if character.isascii() or character == "·" else 1.0


def _stage(stage: Stage, y: float) -> tuple[list[str], float, float]:
    """The stage's drawing, where the way down begins, and its height. Boxes side by side take the whole width."""
    if stage.parallel:
        drawn, height = _side_by_side(stage, y)
        return drawn, y + height, height
    placed = _fit(stage.boxes[0], *COLUMN)
    asides, aside_height = _asides(stage, y, COLUMN[0] + COLUMN[1])
    return [*_box(placed, y, placed.height), *asides], y + placed.height, max(placed.height, aside_height)


def _side_by_side(stage: Stage, y: float) -> tuple[list[str], float]:
    frame_x, frame_width, top = 2.0, WIDTH - 4.0, y
    inner = (frame_width - 3 * 9) / 2
    y += 26
    parts: list[str] = []
    for start in range(0, len(stage.boxes), 2):
        boxes = stage.boxes[start : start + 2]
        width = inner if len(boxes) > 1 else 2 * inner + 9
        row = [_fit(box, frame_x + 9 + at * (inner + 9), width) for at, box in enumerate(boxes)]
        height = max(placed.height for placed in row)
        for placed in row:
            parts += _box(placed, y, height)
        y += height + 9
    for way, words in stage.asides:
        lines = wrapped(f"{way}：{words}", (frame_width - 18) / SMALL)
        parts += _lines(lines, frame_x + 9, y + SMALL, SMALL, "flowchart__aside", SOFT)
        y += LINE * SMALL * len(lines) + 7
    frame = (
        f'<rect x="{frame_x:g}" y="{top:g}" width="{frame_width:g}" height="{y - top:g}" rx="8" fill="none"'
        f' stroke="{RULE}" stroke-dasharray="5 4" class="flowchart__frame"/>'
    )
    label = _lines(["同时进行"], frame_x + 9, top + 18, SMALL, "flowchart__way", BLUE)
    return [frame, *label, *parts], y - top


def _fit(box: Box, x: float, width: float) -> _Placed:
    room = width - 2 * PAD
    whole = " · ".join(box.facts)
    fits = sum(map(_width, whole)) <= room / FACTS
    facts = (
        [line for part in ((whole,) if fits else box.facts) for line in wrapped(part, room / FACTS)] if whole else []
    )
    return _Placed(box, x, width, wrapped(box.name, room / NAME), facts)


def _box(placed: _Placed, y: float, height: float) -> list[str]:
    shape, middle = placed.box.shape, placed.x + placed.width / 2
    fill, stroke = FILLS.get(shape, ("#ffffff", RULE))
    radius = min(height / 2, 22) if shape in (Shape.START, Shape.END) else 7
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="1.4" class="flowchart__box flowchart__box--{shape}"'
    if shape is Shape.DECISION:
        outline = f'<polygon points="{_hexagon(placed, y, height)}" {look}/>'
    else:
        dashes = ' stroke-dasharray="6 3"' if shape is Shape.APPLICANT else ""
        outline = (
            f'<rect x="{placed.x:g}" y="{y:g}" width="{placed.width:g}" height="{height:g}" rx="{radius:g}"'
            f"{dashes} {look}/>"
        )
    taken = LINE * (NAME * len(placed.names) + FACTS * len(placed.facts))
    first = y + (height - taken) / 2 + NAME * 1.12
    rest = first + LINE * NAME * (len(placed.names) - 1) + FACTS * 1.5
    return [
        outline,
        *_lines(placed.names, middle, first, NAME, "flowchart__name", INK, middle=True, bold=True),
        *_lines(placed.facts, middle, rest, FACTS, "flowchart__facts", SOFT, middle=True),
    ]


def _hexagon(placed: _Placed, y: float, height: float) -> str:
    left, right, point = placed.x, placed.x + placed.width, 12
    corners = (
        (left + point, y), (right - point, y), (right, y + height / 2),
        (right - point, y + height), (left + point, y + height), (left, y + height / 2),
    )  # fmt: skip
    return " ".join(f"{across:g},{down:g}" for across, down in corners)


def _asides(stage: Stage, y: float, from_x: float) -> tuple[list[str], float]:
    """What leads away to the right, one below the other."""
    x, width = ASIDE
    parts: list[str] = []
    top = y
    for way, words in stage.asides:
        lines = wrapped(words, width / SMALL)
        height = LINE * SMALL * (len(lines) + 1) + 6
        parts += _lines([way], x, y + SMALL * 1.1, SMALL, "flowchart__way", BLUE, bold=True)
        parts += _lines(lines, x, y + SMALL * (1.1 + LINE), SMALL, "flowchart__aside", SOFT)
        y += height + 6
    if parts:
        parts.append(
            f'<path d="M{from_x:g} {top + 12:g}H{x - 7:g}" fill="none" stroke="{RULE}" stroke-width="1.2"'
            ' stroke-dasharray="3 3" class="flowchart__line"/>'
            f'<path d="M{x - 7:g} {top:g}V{y - 10:g}" stroke="{RULE}" stroke-width="2" class="flowchart__line"/>'
        )
    return parts, y - top


def _arrow_down(y: float, to: float, label: str, ident: str) -> Iterator[str]:
    middle = COLUMN[0] + COLUMN[1] / 2
    yield (
        f'<path d="M{middle:g} {y:g}V{to - 2:g}" fill="none" stroke="{RULE}" stroke-width="1.4"'
        f' marker-end="url(#{ident}-arrow)" class="flowchart__line"/>'
    )
    if label:
        yield from _lines([label], middle + 9, (y + to) / 2 + 2, SMALL, "flowchart__way", BLUE, bold=True)


def _lines(
    lines: Sequence[str],
    x: float,
    y: float,
    size: float,
    kind: str,
    colour: str,
    *,
    middle: bool = False,
    bold: bool = False,
) -> list[str]:
    anchor = ' text-anchor="middle"' if middle else ""
    weight = ' font-weight="600"' if bold else ""
    return [
        f'<text x="{x:g}" y="{y + place * size * LINE:.4g}" font-size="{size:g}" fill="{colour}"{anchor}{weight}'
        f' class="{kind}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    ]
