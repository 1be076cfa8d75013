"""Reading the city: places and agencies, posts and their reach, the calendar."""

from __future__ import annotations

from yimen.city.queries.calendar import (
    Month,
    PictureDay,
    calendar,
    calendar_days,
    calendar_is,
    calendar_stamp,
    office_hours,
    year_picture,
)
from yimen.city.queries.places import (
    address_lists,
    address_parts,
    address_text,
    agencies,
    agencies_named,
    agency,
    agency_for,
    children,
    division,
    division_names,
    divisions_below,
    hall,
    halls,
    window,
    windows,
)
from yimen.city.queries.posts import agencies_reached, agencies_reached_by, post, posts

__all__ = [
    "Month",
    "PictureDay",
    "address_lists",
    "address_parts",
    "address_text",
    "agencies",
    "agencies_named",
    "agencies_reached",
    "agencies_reached_by",
    "agency",
    "agency_for",
    "calendar",
    "calendar_days",
    "calendar_is",
    "calendar_stamp",
    "children",
    "division",
    "division_names",
    "divisions_below",
    "hall",
    "halls",
    "office_hours",
    "post",
    "posts",
    "window",
    "windows",
    "year_picture",
]
