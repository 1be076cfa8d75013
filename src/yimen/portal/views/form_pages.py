"""A form that is filled in page by page: an item's, or the merged one of a package."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from yimen.applications.queries.remarks import remarks
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.kit.typed import take_typed
from yimen.law.completeness import Missing
from yimen.portal.queries import filling
from yimen.sheets import queries as sheets
from yimen.sheets.queries import Page
from yimen.ui import inputs

Errors = list[dict[str, Any]]
"""{field, code, message}; also: other fields of the page beside which the same is said."""


@dataclass
class FormPages(ABC):
    """What an item's form and a package's do differently. prefix: of the names of their addresses."""

    application: Any
    actor: Actor
    prefix: ClassVar[str] = ""

    @property
    @abstractmethod
    def name(self) -> str:
        """Of the item or the package."""

    @abstractmethod
    def sheet(self, answers: Mapping[str, Any]) -> Any:
        """The form, given the answers."""

    @abstractmethod
    def lacking(self) -> Sequence[Missing]:
        """What is missing."""

    @abstractmethod
    def answer(self, told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Keep the right ones; the others come back with what is wrong."""

    @abstractmethod
    def reload(self) -> None:
        """Read again what was kept."""

    @abstractmethod
    def after(self) -> HttpResponseRedirect:
        """Where the last page leads."""

    def url(self, name: str, *args: Any) -> str:
        """An address of this application."""
        return reverse(f"portal:{self.prefix}{name}", args=[self.application.number, *args])

    def held(self, typed: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The answers as kept, with what was just typed."""
        return {**self.application.answers, **(typed or {})}

    def pages(self, typed: Mapping[str, Any] | None = None, errors: Errors | None = None) -> list[Page]:
        """The pages, given the answers."""
        held = self.held(typed)
        sheet = self.sheet(held)
        return sheets.pages(sheet, held, filling.known(self.application), short(errors or [], sheet))

    def fields_at(self, page: Page) -> list[dict[str, Any]]:
        """The fields of a page as templates want them, addresses with the place that lists their divisions."""
        said = remarks(self.application, self.sheet(self.application.answers), own=True)
        fields = filling.with_divisions(
            page, self.url("divisions"), said, "" if self.prefix else self.application.number
        )
        return filling.with_files(fields, lambda name: self.url("form_file", name), self.application.answers)

    def posted(self, post: QueryDict, files: Any = None) -> dict[str, Any]:
        """The answers of the page that was posted. It says itself which fields it asked: another device may have

        moved the pages since it was opened.
        """
        return sheets.from_post(post, self.sheet(self.application.answers), self.asked_by(post), files=files)

    def asked_by(self, post: QueryDict) -> set[str]:
        """The fields of the page that was posted."""
        sheet = self.sheet(self.application.answers)
        return {field.name for field in sheet.form_fields} & set(post.get("names", "").split())

    def keep(self, raw: dict[str, Any]) -> Errors:
        """Save the answers to what is asked, given the answers; what is wrong comes back as errors."""
        sheet = self.sheet(self.application.answers)
        clean, _errors = sheets.check(sheet, raw, today=day_of(now()))
        asked = sheets.asked(sheet, self.held(clean))
        errors = self.answer({name: value for name, value in raw.items() if name in asked})
        return [{"field": each["field"], "code": each["code"], "message": each["message"]} for each in errors]


def show_or_keep(request: HttpRequest, form: FormPages, section: int) -> HttpResponse:
    """One page of the form. Right answers are kept even when others are wrong; nothing typed is lost."""
    if request.method == "GET":
        typed = take_typed(request)
        if typed is None and request.GET.get("return") == "check":
            return _page(request, form, section, typed=None, errors=_broken(form, section), status=200)
        return _page(request, form, section, typed=form.posted(typed) if typed else None)
    raw, button = form.posted(request.POST, request.FILES), inputs.row_button(request.POST)
    if button:
        return _with_rows(request, form, section, raw, button)
    asked, errors = form.asked_by(request.POST), form.keep(raw)
    form.reload()
    errors += _empty(form, asked - {each["field"] for each in errors})
    if errors:
        return _page(request, form, section, typed=sheets.written(raw), errors=errors)
    if request.GET.get("return") == "check":
        return HttpResponseRedirect(form.url("check"))
    following = filling.page_after(form.pages(), asked)
    return redirect(form.url("form", following)) if following else form.after()


def _with_rows(
    request: HttpRequest, form: FormPages, section: int, raw: dict[str, Any], button: inputs.Button
) -> HttpResponse:
    """A row more or less; only files are kept already, since a browser doesn't send them a second time."""
    errors = form.keep(files) if (files := sheets.sent(raw)) else []
    form.reload()
    typed = inputs.apply(sheets.written(raw), button)
    return _page(request, form, section, typed=typed, errors=errors, status=422 if errors else 200)


def autosave(request: HttpRequest, form: FormPages) -> HttpResponse:
    """Keep what is right so far, while somebody types; says what it could not keep."""
    errors = form.keep(form.posted(request.POST))
    return render(request, "portal/_saved.html", {"at": now(), "wrong": len(errors)})


def divisions(request: HttpRequest, form: FormPages) -> HttpResponse:
    """An address field again, with the lists below what was chosen."""
    name = request.GET.get("field", "")
    typed = sheets.from_post(request.GET, form.sheet(form.application.answers), {name})
    page = next((page for page in form.pages(typed) if name in page.names), None)
    if page is None:
        raise NotFound
    field = next(field for field in form.fields_at(page) if field["name"] == name)
    return render(request, "portal/_field.html", {"field": field})


def short(errors: Errors, sheet: Any) -> dict[str, str]:
    """{field: message} for beside each field concerned, where its label needn't be said again."""
    labels = {field.name: field.label for field in sheet.form_fields}
    told: dict[str, str] = {}
    for each in errors:
        for name in (each["field"], *each.get("also", ())):
            message = each["message"].removeprefix(f"{labels.get(name, '')}：")
            told[name] = f"{told[name]} {message}" if name in told else message
    return told


def _empty(form: FormPages, names: Collection[str]) -> Errors:
    """What lacks or does not hold on this page; a rule is told once, and beside every field that it looks at."""
    found = []
    for each in form.lacking():
        here = [name for name in each.places if name in names] if each.kind == "field" else []
        if here:
            error = {"field": here[0], "code": each.code, "message": filling.said(each), "also": here[1:]}
            found.append(error)
    return found


def _broken(form: FormPages, section: int) -> Errors:
    """The rules that don't hold, for whoever comes from the check to put it right."""
    names = filling.page_at(form.pages(), section).names
    return [each for each in _empty(form, names) if each["code"].startswith("rule_")]


def _page(
    request: HttpRequest,
    form: FormPages,
    section: int,
    *,
    typed: dict[str, Any] | None,
    errors: Errors | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page as kept, or as just typed with what is wrong about it. status: of a page with errors."""
    pages = form.pages(typed, errors)
    asked = next((page for page in pages if page.names & set(typed or ())), None)
    page = asked or filling.page_at(pages, section)
    fields = form.fields_at(page)
    context = {
        "application": form.application,
        "name": form.name,
        "page": page,
        "total": len(pages),
        "steps": _steps(form, pages, page),
        "fields": fields,
        "file_names": ",".join(each["name"] for each in fields if each["kind"] == "file"),
        "names": " ".join(sorted(page.names)),
        "errors": errors or [],
        "returning": request.GET.get("return") == "check",
        "check_url": form.url("check"),
        "tasks_url": form.url("tasks"),
        "autosave_url": form.url("autosave"),
    }
    return render(request, "portal/form.html", context, status=status if errors else 200)


def _steps(form: FormPages, pages: Sequence[Page], here: Page) -> list[dict[str, str]]:
    return [
        {
            "label": translated(each.title),
            "url": form.url("form", each.place),
            "state": "current" if each.place == here.place else "done" if each.place < here.place else "todo",
        }
        for each in pages
    ]
