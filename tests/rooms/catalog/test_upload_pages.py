"""The pages of an upload: what to fill in, how far it is, what was found, what came of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.builders import catalog, city, identity, jobs
from tests.builders.city import AT
from tests.builders.uploads import SLUG, workbook_of
from tests.builders.workbook import full, typed
from yimen.catalog.models import Upload
from yimen.catalog.queries import uploads
from yimen.identity.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return identity.staff("editor", post=city.post("editor", agency=city.agency()))


@pytest.fixture
def visit(client: Client, editor: User) -> Callable[..., Any]:
    client.force_login(editor, backend="yimen.identity.access.AnyName")

    def go(name: str, *args: Any, **sent: Any) -> Any:
        path = reverse(f"catalog:{name}", args=args)
        return client.post(path, sent["post"]) if "post" in sent else client.get(path, sent or None)

    return go


def file(content: bytes, name: str = "事项.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_from_the_download_to_the_draft(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())
    listed = visit("upload").content.decode()
    book = visit("agency_workbook", agency=city.agency().code).content

    answer = visit("upload", post=file(typed(book, "事项", "事项名称", "新名字")))
    number = Upload.objects.get().pk
    waiting = visit("upload_one", number).content.decode()
    bar = visit("upload_progress", number)
    jobs.run()
    over = visit("upload_progress", number)
    ready = visit("upload_one", number).content.decode()
    visit("upload_confirm", number, post={})
    jobs.run()
    done = visit("upload_one", number).content.decode()

    assert f"{city.agency().name}（1 个事项）" in listed
    assert answer["Location"] == reverse("catalog:upload_one", args=[number])
    assert "<progress" in waiting
    assert "HX-Refresh" not in bar
    assert over["HX-Refresh"] == "true"
    assert "导入为草稿" in ready
    assert "小事项" in ready
    assert "新名字" in ready
    assert "已导入为草稿" in done
    assert reverse("catalog:edit", args=[SLUG]) in done
    assert "已导入" in visit("upload").content.decode()


def test_a_bad_workbook_shows_its_cells_and_gives_them_back_red(visit: Callable[..., Any]) -> None:
    import openpyxl

    content = typed(workbook_of(full()), "材料", "材料类型", "表")
    visit("upload", post=file(content))
    jobs.run()
    number = Upload.objects.get().pk

    page = visit("upload_one", number).content.decode()
    marked = openpyxl.load_workbook(io.BytesIO(visit("upload_marked", number).content))
    original = b"".join(visit("upload_file", number).streaming_content)

    assert "材料!E2" in page
    assert "材料类型" in page
    assert "文件有误，没有导入" in page
    assert "导入为草稿</button>" not in page
    assert marked["材料"]["E2"].fill.fgColor.rgb == "FFFFC7CE"
    assert "只能是" in marked["材料"]["E2"].comment.text
    assert original == content


def test_without_a_file_the_field_says_so(visit: Callable[..., Any]) -> None:
    page = visit("upload", post={})

    assert page.status_code == 422
    assert "请选择一个文件" in page.content.decode()


def test_a_wrong_file_is_refused_on_the_page(visit: Callable[..., Any]) -> None:
    page = visit("upload", post=file(b"a,b\n1,2\n"))

    assert page.status_code == 422
    assert "CSV" in page.content.decode()


def test_a_silent_worker_is_told_and_can_be_begun_anew(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())
    visit("upload", post=file(uploads.agency_workbook(city.agency(), at=AT)))
    number = Upload.objects.get().pk
    Upload.objects.update(moved_at=AT)
    waiting = visit("upload_one", number).content.decode()
    jobs.forget()

    page = visit("upload_one", number).content.decode()
    silent = visit("upload_progress", number, silent="")
    visit("upload_restart", number, post={})
    moving = visit("upload_progress", number, silent="")
    jobs.run()

    assert "正在排队" in waiting
    assert "后台处理中断了" in page
    assert "HX-Refresh" not in silent
    assert moving["HX-Refresh"] == "true"
    assert "没有变化" in visit("upload_one", number).content.decode()


def test_the_other_downloads(visit: Callable[..., Any]) -> None:
    catalog.release(catalog.small())

    answers = [
        visit("empty_workbook"),
        visit("item_workbook", SLUG),
        visit("catalogue"),
        visit("agency_workbook", agency="x"),
    ]

    assert [each.status_code for each in answers] == [200, 200, 200, 404]
    assert zipfile.ZipFile(io.BytesIO(answers[2].content)).namelist() == ["items/small-item.json"]


@pytest.mark.parametrize(
    ("duty", "statuses"),
    [("editor", [200, 200, 200]), ("legal", [403, 200, 200]), ("staffing", [403, 200, 200]),
     ("administrator", [403, 200, 200]), ("clerk", [403, 403, 403])],
)  # fmt: skip
def test_who_may(client: Client, duty: str, statuses: list[int]) -> None:
    catalog.release(catalog.small())
    client.force_login(identity.staff(duty), backend="yimen.identity.access.AnyName")

    paths = [
        reverse("catalog:upload"),
        reverse("catalog:empty_workbook"),
        reverse("catalog:item_workbook", args=[SLUG]),
    ]

    assert [client.get(path).status_code for path in paths] == statuses
