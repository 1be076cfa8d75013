"""Reading cases: one by number, lists by visibility, the public look-up, the story, clocks as shown, the replay."""

from yimen.cases.queries.faces import ClockShape, clock_faces, clock_shapes
from yimen.cases.queries.reading import (
    JOINS,
    REPLAYED,
    NoMatch,
    NoSuchCase,
    find,
    find_public,
    in_agencies,
    listed,
    of_application,
    of_number,
    of_numbers,
    opening,
    plain,
    replay,
    seen_by,
    told_row,
)
from yimen.cases.queries.timeline import Moment, timeline

__all__ = [
    "JOINS",
    "REPLAYED",
    "ClockShape",
    "Moment",
    "NoMatch",
    "NoSuchCase",
    "clock_faces",
    "clock_shapes",
    "find",
    "find_public",
    "in_agencies",
    "listed",
    "of_application",
    "of_number",
    "of_numbers",
    "opening",
    "plain",
    "replay",
    "seen_by",
    "timeline",
    "told_row",
]
