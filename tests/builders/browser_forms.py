"""Reads a rendered form as a browser would post it, so that what we draw and what we read can be held together."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict


class _Form(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "input" and held.get("type") not in ("file", "submit") and held.get("name"):
            if held.get("type") not in ("radio", "checkbox") or "checked" in held:
                self.pairs.append((held["name"], held.get("value", "on")))
        elif tag == "select":
            self.select = held["name"]
            self.pairs.append((self.select, ""))
        elif tag == "option" and "selected" in held:
            self.pairs[-1] = (self.select, held["value"])
        elif tag == "textarea":
            self.area = held["name"]
            self.pairs.append((self.area, ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.pairs[-1] = (self.area, self.pairs[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""


def post(html: str, **pressed: str) -> QueryDict:
    """The POST of the form with a button pressed."""
    form = _Form()
    form.feed(html)
    found = QueryDict(mutable=True)
    for name, value in [*form.pairs, *pressed.items()]:
        found.appendlist(name, value)
    return found
