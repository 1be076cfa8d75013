"""A draft as its applicant fills it in: pages of the form, the list of steps, what is missing and where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.applications.queries import lacking
from yimen.applications.queries.origins import source_words
from yimen.applications.queries.remarks import Remark
from yimen.files.choices import ACCEPT
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.law.completeness import Missing
from yimen.sheets import queries as sheets
from yimen.sheets.ports import Prefilled
from yimen.sheets.queries import Page

if TYPE_CHECKING:
    from yimen.applications.models import Application, Filed


class Task(TypedDict):
    """A line of the task list; state: done current todo blocked."""

    label: str
    url: str
    state: str
    hint: str


class Gap(TypedDict):
    """Something missing, with the address where it can be given."""

    message: str
    url: str


def pages_of(application: Application) -> list[Page]:
    """The pages of the form, as kept."""
    return sheets.pages(application.edition.doc, application.answers, known(application), None)


def known(application: Filed) -> dict[str, Prefilled]:
    """Which answers still are what a register said, with its words."""
    held = application.answers
    return {
        name: Prefilled(held.get(name), words)
        for name, words in source_words(application, own=True).items()
        if name in held and held[name] not in (None, "")
    }


def page_at(pages: Sequence[Page], place: int) -> Page:
    """Raises NotFound."""
    if not 1 <= place <= len(pages):
        raise NotFound(_("这一页不存在，请从申请清单进入。"))
    return pages[place - 1]


def page_after(pages: Sequence[Page], names: Collection[str]) -> int | None:
    """The place of the page that follows the one which asks these names, None after the last."""
    here = next((page.place for page in pages if page.names & set(names)), len(pages))
    return here + 1 if here < len(pages) else None


def with_divisions(
    page: Page, url: str, said: Mapping[str, Remark] | None = None, number: str = ""
) -> list[dict[str, Any]]:
    """The fields of a page as templates want them, addresses with the place that lists their divisions.

    said: what is to be said of values that were changed against a register; number: of the application, where that
    register can be told.
    """
    return [{**field, "divisions_url": url, **_remark(field["name"], said or {}, number)} for field in page.fields]


def with_files(
    fields: Sequence[Mapping[str, Any]], url: Callable[[str], str], held: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Fields that were answered with a file lead to it. url: of a field's file."""
    asked = [{**field, "accept": ACCEPT} if field["kind"] == "file" else dict(field) for field in fields]
    return [
        {**field, "files": [{**each, "url": url(field["name"])} for each in field["files"]], "removable": True}
        if field["kind"] == "file" and held.get(field["name"])
        else field
        for field in asked
    ]


def _remark(name: str, said: Mapping[str, Remark], number: str) -> dict[str, str]:
    if name not in said or not said[name].changed:
        return {}
    url = reverse("portal:report_source", args=[number, name]) if number else ""
    return {"remark": said[name].changed, "remark_url": url, "remark_label": _("登记的信息不对？告诉登记部门")}


def tasks(application: Application, at: datetime) -> list[Task]:
    """Every step of the application; the first that isn't done is the current one."""
    wanting = lacking(application, at=at)
    fields = {each.key for each in wanting if each.kind == "field"}
    materials = [each for each in wanting if each.kind == "material"]
    number = application.number
    steps = [Task(label=_("谁来办"), url="", state="done", hint=who(application))]
    steps += [_form_task(number, page, fields) for page in pages_of(application)]
    if application.edition.doc.materials:
        steps.append(
            _task(_("申请材料"), reverse("portal:materials", args=[number]), _to_hand_in(len(materials)), not materials)
        )
    ready = all(step["state"] == "done" for step in steps)
    steps.append(
        Task(
            label=_("核对并提交"),
            url=reverse("portal:check", args=[number]),
            state="todo" if ready else "blocked",
            hint="",
        )
    )
    current = next((step for step in steps if step["state"] == "todo"), None)
    if current:
        current["state"] = "current"
    return steps


def who(application: Filed) -> str:
    """In whose name, and by whose hand."""
    name = application.subject.name
    agent = application.agent
    return _("%(name)s，由 %(agent)s 经办") % {"name": name, "agent": agent.name} if agent else name


def gaps(application: Application, at: datetime) -> list[Gap]:
    """Everything missing, each with a link to where it is asked."""
    wanting = lacking(application, at=at)
    places = {name: page.place for page in pages_of(application) for name in page.names}
    return [Gap(message=said(each), url=_where(application.number, each, places)) for each in wanting]


def said(lack: Missing) -> str:
    """What law says is missing, in the reader's language."""
    return str(translated(lack.message))


def _where(number: str, each: Missing, places: Mapping[str, int]) -> str:
    if each.kind == "material":
        return f"{reverse('portal:materials', args=[number])}#upload-{each.key}"
    return f"{reverse('portal:form', args=[number, places.get(each.key, 1)])}?return=check#id_{each.key}"


def _form_task(number: str, page: Page, missing: Collection[str]) -> Task:
    left = len(page.names & set(missing))
    hint = ngettext("还有 %(count)d 项必填", "还有 %(count)d 项必填", left) % {"count": left} if left else ""
    return _task(translated(page.title), reverse("portal:form", args=[number, page.place]), hint, not left)


def _to_hand_in(left: int) -> str:
    return ngettext("还有 %(count)d 份必须提交", "还有 %(count)d 份必须提交", left) % {"count": left} if left else ""


def _task(label: str, url: str, hint: str, done: bool) -> Task:
    return Task(label=label, url=url, hint=hint, state="done" if done else "todo")
