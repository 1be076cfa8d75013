"""The desk's pages of a batch: who may open which, and what stands on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.builders import batches, city, identity
from tests.builders.city import AT
from yimen.identity.models import User
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.vault.choices.batches import BatchState
from yimen.vault.commands import importing
from yimen.vault.models import Batch, Licence

pytestmark = pytest.mark.django_db


def staff(duty: str = "clerk", department: str = "WJ", name: str = "李敏") -> User:
    return identity.staff(duty, post=city.post(duty, agency=city.agency(department)), name=name)


def visitor(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def upload(rows: list[list[str]], name: str = "证照.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, batches.table(rows).getvalue())


def test_a_table_is_sent_matched_and_watched_in_the_browser() -> None:
    batches.kind()
    client = visitor(staff())
    code = city.agency("WJ").code
    sent = client.post(
        reverse("vault:batch_new"), {"kind": "nurse_licence", "agency": code, "table": upload([batches.row()])}
    )
    batch = Batch.objects.get()

    page = client.get(sent.headers["Location"]).content.decode()
    form = {key: str(place) for key, place in batch.mapping.items()}
    answer = client.post(reverse("vault:batch", args=[batch.pk]), {**form, "required": ["valid_to"], "mask": ""})

    assert "请核对每一项内容在哪一列" in page
    assert (answer.status_code, batches.fresh(batch).state) == (302, BatchState.READING)
    watched = client.get(reverse("vault:batch", args=[batch.pk])).content.decode()
    assert "正在排队" in watched


def test_names_and_numbers_of_people_are_masked_on_the_page_that_matches_columns() -> None:
    user = staff()
    number = identity.citizen_number()
    batch = batches.begun([batches.row(姓名="钟小梅", 身份证号=number)], identity.actor(user))

    page = visitor(user).get(reverse("vault:batch", args=[batch.pk])).content.decode()

    assert (number in page, "钟小梅" in page, "2015-03-02" in page) == (False, False, True)


def test_a_column_that_lacks_is_told_and_what_was_chosen_stays() -> None:
    user = staff()
    batch = batches.begun([batches.row()], identity.actor(user))

    answer = visitor(user).post(
        reverse("vault:batch", args=[batch.pk]), {"number": "0", "holder": "1", "mask": "JY99", "issuers": "卫生局"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请指出哪一列是“持证人证件号码”。" in page
    assert "JY99" in page
    assert "卫生局" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "这是 PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
        (b"PK\x03\x04 and nothing else", "不是完整的 Excel 工作簿"),
        ("姓名,证号\n".encode(), "没有证照记录"),
        (b"\x81\xff\xfe\x00,\n1,2\n", "既不是 UTF-8 也不是 GB18030"),
        (b"a,b\n\"" + b"x" * 200_000, "少了一个引号"),
        (b",,\n", "第一行没有列名"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words_and_the_form_keeps_what_was_chosen(content: bytes, told: str) -> None:
    batches.kind()
    form = {"kind": "nurse_licence", "agency": city.agency("WJ").code, "table": SimpleUploadedFile("x.xlsx", content)}

    answer = visitor(staff()).post(reverse("vault:batch_new"), form)

    page = answer.content.decode()
    assert answer.status_code in (413, 422)
    assert told in page
    assert 'value="nurse_licence" checked' in page
    assert not Batch.objects.exists()


def test_a_second_person_compares_side_by_side_and_approves() -> None:
    user, second = staff(), staff(name="钟强")
    known = identity.person("钟小梅")
    scans = batches.zipped({"2015000001.pdf": batches.SCAN, "2015000002.png": batches.PICTURE})
    rows = [batches.row("2015000001", 姓名="钟小梅", 身份证号=known.number), batches.row("2015000002")]
    batch = batches.loaded(rows, identity.actor(user), scans=scans)
    client = visitor(second)

    first = client.post(reverse("vault:batch_draw", args=[batch.pk]))
    page = client.get(first.headers["Location"]).content.decode()
    scan = client.get(reverse("vault:batch_scan", args=[batch.pk, 1]))
    for place in (1, 2):
        answer = client.post(reverse("vault:batch_compare", args=[batch.pk, place]), {"right": "yes"})
    standing = client.get(answer.headers["Location"]).content.decode()
    client.post(reverse("vault:batch_conclude", args=[batch.pk]))

    assert known.number in page
    assert (b"".join(scan), scan.headers["Content-Type"]) == (batches.SCAN, "application/pdf")
    assert "批准入库" in standing
    assert batches.fresh(batch).state == BatchState.ENTERING
    assert {line.verb for line in story(subject_chain(known.pk))} >= {"look"}


def test_whoever_may_compare_is_told_on_their_desk_that_a_batch_waits_and_who_loaded_it_is_not() -> None:
    first, second = staff(), staff(name="钟强")
    batches.loaded([batches.row("2015000001")], identity.actor(first))
    told = "有历史证照等您抽检"
    pages = (reverse("cases:worklist") + "?view=all", reverse("vault:batches"))

    assert [told in visitor(second).get(page).content.decode() for page in pages] == [True, True]
    assert [told in visitor(first).get(page).content.decode() for page in pages] == [False, False]
    assert reverse("vault:batches") in visitor(second).get(pages[0]).content.decode()


def test_a_wrong_row_needs_words_and_sends_the_batch_back() -> None:
    user, second = staff(), staff(name="钟强")
    batch = batches.loaded([batches.row(), batches.row()], identity.actor(user))
    client = visitor(second)
    client.post(reverse("vault:batch_draw", args=[batch.pk]))
    compare = reverse("vault:batch_compare", args=[batch.pk, 1])

    silent = client.post(compare, {"right": "no", "note": ""})
    client.post(compare, {"right": "no", "note": "姓名是“钟小海”"})
    client.post(reverse("vault:batch_conclude", args=[batch.pk]))

    assert (silent.status_code, "请写明哪里不一致" in silent.content.decode()) == (422, True)
    page = visitor(user).get(reverse("vault:batch", args=[batch.pk])).content.decode()
    assert "抽检未通过" in page
    assert "姓名是“钟小海”" in page
    assert f"?corrects={batch.pk}" in page


def test_rows_are_taken_back_for_correction_once_all_have_been_looked_at() -> None:
    user = staff()
    client = visitor(user)
    batch = batches.loaded([batches.row(), batches.row(姓名="")], identity.actor(user))
    page, download = reverse("vault:batch", args=[batch.pk]), reverse("vault:batch_refused", args=[batch.pk])

    after = client.get(page).content.decode()
    Batch.objects.filter(pk=batch.pk).update(read_at=None)
    while_reading = client.get(page).content.decode()

    assert (download in after, download in while_reading) == (True, False)
    assert "全部处理完后，可以下载这些行" in while_reading


def test_what_was_refused_comes_back_as_a_workbook_and_corrected_goes_in() -> None:
    user, second = staff(), staff(name="钟强")
    client = visitor(user)
    rows = [batches.row("2015000001"), batches.row("2015000002", 身份证号="441402190001010011", 发证日期="昨天")]
    batch = batches.loaded(rows, identity.actor(user))
    batches.entered(batch, identity.actor(second))

    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(reverse("vault:batch_refused", args=[batch.pk]))))
    )  # fmt: skip
    sheet = book.active
    assert sheet is not None
    given = [[cell.value or "" for cell in line] for line in sheet]
    red = [cell.column for cell in sheet[2] if cell.fill.fgColor.rgb == "FFFFD9D6"]

    assert given[0][:-1] == list(batches.HEADS)
    assert given[1][0] == "2015000002"
    assert given[1][-1] == "身份证号：校验位不符，请核对号码是否有误；发证日期：日期不对，请按 2015-03-02 的样式填写"
    assert red == [3, 5]

    sheet["C2"], sheet["E2"] = identity.citizen_number(), "2015-04-05"
    corrected = io.BytesIO()
    book.save(corrected)
    form = {"kind": "nurse_licence", "agency": city.agency("WJ").code, "corrects": batch.pk}
    client.post(reverse("vault:batch_new"), {**form, "table": SimpleUploadedFile("改.xlsx", corrected.getvalue())})
    again = Batch.objects.latest("pk")
    assert (again.corrects_id, again.mapping == batch.mapping) == (batch.pk, True)
    again = batches.read(batches.mapped(again, identity.actor(user), required=[]), identity.actor(user))
    again = batches.entered(again, identity.actor(second))

    assert (again.state, again.entered, again.bad) == (BatchState.VALID, 1, 0)
    assert sorted(each.number for each in Licence.objects.all()) == ["2015000001", "2015000002"]


ROUTES: list[tuple[str, list[Any], str]] = [
    ("vault:batches", [], "get"),
    ("vault:batch_new", [], "get"),
    ("vault:batch", ["batch"], "get"),
    ("vault:batch_progress", ["batch"], "get"),
    ("vault:batch_sent", ["batch"], "get"),
    ("vault:batch_refused", ["batch"], "get"),
    ("vault:batch_drop", ["batch"], "get"),
    ("vault:batch_compare", ["batch", 1], "get"),
    ("vault:batch_scan", ["batch", 1], "get"),
    ("vault:batch_draw", ["batch"], "post"),
    ("vault:batch_conclude", ["batch"], "post"),
    ("vault:batch_resume", ["batch"], "post"),
]
COMPARING = {"vault:batch_compare", "vault:batch_scan", "vault:batch_draw", "vault:batch_conclude"}
LISTS = {"vault:batches", "vault:batch_new"}


def expected(who: str, route: str) -> int:
    """What a visitor's request comes to, before the state of the batch is asked."""
    if who in ("editor", "supervisor", "citizen"):
        return 403
    if who == "stranger":
        return 200 if route in LISTS else 404
    if who == "loader":
        return 403 if route in ("vault:batch_compare", "vault:batch_scan") else 0
    if who == "administrator":
        return 403 if route in COMPARING else 0
    return 0


@pytest.mark.parametrize(
    "who", ["anybody", "citizen", "editor", "supervisor", "stranger", "loader", "colleague", "administrator"]
)
def test_who_may_open_which_page(who: str) -> None:
    loader, colleague = staff(), staff(name="钟强")
    scans = batches.zipped({"2015000001.pdf": batches.SCAN})
    batch = batches.loaded([batches.row("2015000001")], identity.actor(loader), scans=scans)
    importing.draw_sample(batch, by=identity.actor(colleague), at=AT)
    users: dict[str, Callable[[], User | None]] = {
        "anybody": lambda: None,
        "citizen": identity.citizen,
        "editor": lambda: staff("editor"),
        "supervisor": lambda: staff("supervisor"),
        "stranger": lambda: staff(department="SJ"),
        "loader": lambda: loader,
        "colleague": lambda: colleague,
        "administrator": lambda: identity.staff("administrator", post=city.post("administrator")),
    }
    client = visitor(users[who]())

    for route, arguments, method in ROUTES:
        address = reverse(route, args=[batch.pk if each == "batch" else each for each in arguments])
        answer = getattr(client, method)(address)
        if who == "anybody":
            assert (route, answer.status_code) in {(route, 302), (route, 401)}
        elif wanted := expected(who, route):
            assert (route, answer.status_code) == (route, wanted)
        else:
            assert (route, answer.status_code) in {(route, 200), (route, 302)}
