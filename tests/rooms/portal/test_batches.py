"""A firm files many at once, in the browser: from the guide to the workbook, its faults, the cases."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import catalog as items
from tests.builders import jobs, walk
from yimen.cases.models import Case
from yimen.files.choices import XLSX

PLAN = {
    "name": "平面图",
    "kind": "文书",
    "source": "申请人自备",
    "necessity": "必要",
    "original": 1,
    "electronic": True,
}
FIELDS = (
    items.field("firm", label="单位名称", prefill="org.name", required=True),
    items.field("place", label="门店名称", required=True),
    items.field("area", "number", label="经营面积", required=True),
    items.field("honest", "declaration", label="本单位承诺填写的内容真实", required=True, statement="填写的内容属实。"),
)
MANY = "/items/small-item/many/"


@pytest.fixture
def edition(town):
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(FIELDS), materials=[PLAN])
    return items.release(raw | {"department": town.agency.department}, agency=town.agency)


def filled(client, town, rows):
    got = client.get(f"{MANY}workbook.xlsx?subject={town.firm.pk}")
    assert got.headers["Content-Type"] == XLSX.name
    book = openpyxl.load_workbook(io.BytesIO(got.content))
    for line, (place, area) in enumerate(rows, 3):
        book["申请"].cell(line, 1, str(line))
        book["申请"].cell(line, 3, place)
        book["申请"].cell(line, 4, area)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("申请.xlsx", out.getvalue())


def send(client, town, rows):
    answer = client.post(MANY, {"subject": town.firm.pk, "file": filled(client, town, rows)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_from_the_guide_to_the_receipts(visit, town, edition):
    owner = visit("owner")
    assert f'href="{MANY}"' in owner.get("/items/small-item/").content.decode()
    assert 'href="/my/batches/"' in owner.get("/my/").content.decode()
    page = owner.get(MANY).content.decode()
    assert "workbook.xlsx" in page

    url = send(owner, town, [("甲店", 10), ("乙店", "很大")])
    page = owner.get(url).content.decode()
    assert "申请!D4" in page
    assert "请填写数字" in page
    assert "确认提交" not in page

    url = send(owner, town, [("甲店", 10), ("乙店", 20)])
    page = owner.get(url).content.decode()
    assert "平面图" in page
    assert "本单位承诺填写的内容真实" in page

    lacking = owner.post(f"{url}confirm/")
    assert lacking.status_code == 422
    assert "请先上传共用的材料" in lacking.content.decode()
    owner.post(f"{url}papers/m01/", {"file": SimpleUploadedFile("图.pdf", walk.PDF)})
    unsigned = owner.post(f"{url}confirm/").content.decode()
    assert "请阅读并确认" in unsigned
    assert owner.post(f"{url}confirm/", {"declared": ["honest"]}).status_code == 302
    assert "0 件，共 2 件" in owner.get(f"{url}progress/").content.decode()

    jobs.run()

    assert Case.objects.count() == 2
    page = owner.get(url).content.decode()
    assert "全部提交" in page
    numbers = re.findall(r'href="/cases/([^/"]+)/"', page)
    assert len(numbers) == 2
    assert owner.get(f"/apply/{numbers[0]}/done/").status_code == 200
    assert "已提交 2 件" in owner.get("/my/batches/").content.decode()


def test_a_file_that_a_cell_names_is_sent_along_or_added_afterwards(visit, town):
    drawing = items.field("drawing", "file", label="店面图纸", required=True)
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=[*FIELDS[:3], drawing], materials=[])
    items.release(raw | {"department": town.agency.department}, agency=town.agency)
    owner = visit("owner")
    assert "工作簿里“店面图纸”一列写到的文件" in owner.get(MANY).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(filled(owner, town, [("甲店", 10), ("乙店", 20)]).read()))
    book["申请"].cell(3, 5, "图.pdf")
    book["申请"].cell(4, 5, "乙.pdf")
    out = io.BytesIO()
    book.save(out)
    workbook = SimpleUploadedFile("申请.xlsx", out.getvalue())

    along = ["图.pdf", *(f"另外{turn}.pdf" for turn in range(100))]
    files = [SimpleUploadedFile(name, walk.PDF) for name in along]
    sent = {"subject": town.firm.pk, "file": workbook, "files": files}
    url = owner.post(MANY, sent).headers["Location"]
    page = owner.get(url).content.decode()
    assert "没有和工作簿一起上传名为“乙.pdf”的文件" in page
    assert "补上并重新检查" in page
    assert "请选择要上传的文件" in owner.post(f"{url}files/").content.decode()
    again = owner.post(f"{url}files/", {"files": [SimpleUploadedFile("乙.pdf", walk.PDF)]}).headers["Location"]
    page = owner.get(again).content.decode()
    assert "乙.pdf" in page
    assert "补上并重新检查" not in page
    assert owner.post(f"{again}confirm/").status_code == 302
    jobs.run()

    numbers = re.findall(r'href="/cases/([^/"]+)/"', owner.get(again).content.decode())
    answered = owner.get(f"/api/v1/applications/{numbers[0]}/answers/drawing")
    assert Case.objects.count() == 2
    assert b"".join(answered) == walk.PDF


@pytest.mark.parametrize("who", ["citizen", "stranger", "clerk", "reviewer", "supervisor", "admin"])
def test_nobody_else_gets_near(visit, town, edition, who):
    owner, client = visit("owner"), visit(who)
    url = send(owner, town, [("甲店", 10)])
    workbook = filled(owner, town, [("甲店", 11)])

    assert client.get(f"{MANY}workbook.xlsx?subject={town.firm.pk}").status_code == 404
    assert client.post(MANY, {"subject": town.firm.pk, "file": workbook}).status_code == 422
    assert town.firm.name not in client.get(MANY).content.decode()
    assert client.get(url).status_code == 404
    for verb in ("confirm", "resume", "drop", "files", "papers/m01", "papers/1/remove"):
        assert client.post(f"{url}{verb}/").status_code in (404, 422)
    assert owner.get(url).status_code == 200


def test_who_is_not_signed_in_is_asked_to(visit, edition):
    assert "/account/login/" in visit().get(MANY).headers["Location"]
    assert "/account/login/" in visit().get("/my/batches/").headers["Location"]


def test_given_up_nothing_is_filed(visit, town, edition):
    owner = visit("owner")
    url = send(owner, town, [("甲店", 10)])

    owner.post(f"{url}drop/")

    assert owner.get(url).status_code == 404
    assert Case.objects.count() == 0


def test_a_workbook_with_faults_waits_in_my_space_until_a_better_one_is_there(visit, town, edition):
    owner = visit("owner")
    wrong = send(owner, town, [("江南店", "很大"), ("江北店", 5)])

    waiting = owner.get("/my/").content.decode().partition("正在办理")[0]
    page = owner.get(wrong).content.decode()
    better = send(owner, town, [("江南店", 50), ("江北店", 5)])
    after = owner.get("/my/").content.decode().partition("正在办理")[0]

    red = openpyxl.load_workbook(io.BytesIO(owner.get(f"{wrong}marked.xlsx").content))["申请"]
    assert "请填写数字" in red["D3"].comment.text
    assert (red["D3"].fill.fgColor.rgb, red["D4"].comment) == ("FFFFC7CE", None)
    assert visit("citizen").get(f"{wrong}marked.xlsx").status_code == 404
    assert "改正工作簿：门店登记" in waiting
    assert "1 行有错误" in waiting
    assert f'href="{wrong}"' in waiting
    assert '<span class="cellname">申请!D3</span>' in page
    assert "确认并提交：门店登记" in after
    assert f'href="{better}"' in after
    assert wrong not in after


@pytest.mark.parametrize("path", ["data", "looks", "usual"])
def test_whose_it_is_can_be_chosen_from_oneself_and_from_the_firm_alike(visit, town, path):
    owner, firm, me = visit("owner"), town.firm, town.owner
    address = f"/my/{path}/"
    myself = f"我自己（{me.name}）"

    own = owner.get(address).content.decode().partition("whose-title")[2]
    firms = owner.get(f"{address}?of={firm.pk}").content.decode().partition("whose-title")[2]

    assert f'<strong aria-current="page">{myself}</strong>' in own
    assert f'<a href="?of={firm.pk}">{firm.name}</a>' in own
    assert f'<a href="?of={me.pk}">{myself}</a>' in firms
    assert f'<strong aria-current="page">{firm.name}</strong>' in firms
    assert "whose-title" not in visit("citizen").get(address).content.decode()


def test_a_firms_data_and_usual_information_lead_back_to_the_firm(visit, town):
    owner = visit("owner")
    for path in ("data", "usual"):
        back = owner.get(f"/my/{path}/?of={town.firm.pk}").content.decode().partition("<h1")[0]
        assert f'href="/my/firms/{town.firm.pk}/"' in back, path
        assert town.firm.name in back
