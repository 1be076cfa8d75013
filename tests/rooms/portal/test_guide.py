"""The guide says the fifteen things that it must, whether the edition fills them or not; machines can read it too."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from tests.builders import rich

# 办事指南 of the reform papers; 许可法 30.
THINGS = (
    "设定依据", "受理单位", "办理流程", "申请材料", "空白表格", "示范文本", "常见错误示例", "收费依据及标准",
    "办理时限", "责任追究", "咨询方式", "办公时间", "地址", "乘车线路", "状态查询", "监督投诉",
    "受理条件", "数量限制", "办理结果",
    "我的权利和义务", "事项信息",
)  # fmt: skip


class Chapters(HTMLParser):
    """The words of each chapter, and of each heading inside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bodies: dict[str, str] = {}
        self._key, self._depth = "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._key and tag == "div":
            self._depth += 1
        given = dict(attrs)
        if given.get("class") == "chapter__body":
            self._key, self._depth = given["id"] or "", 1
            self.bodies[self._key] = ""

    def handle_endtag(self, tag: str) -> None:
        if self._key and tag == "div":
            self._depth -= 1
            if not self._depth:
                self._key = ""

    def handle_data(self, data: str) -> None:
        if self._key:
            self.bodies[self._key] += data.strip()


@pytest.fixture
def bare(town):
    """As little as a document may say."""
    return town.release("food-business-licence", conditions=[], legal_basis=[], faq=[], results=[])


@pytest.fixture
def full(town):
    return town.release("food-business-licence", **rich.elements())


def page(visit, query="", who=""):
    answer = visit(who).get(f"/items/food-business-licence/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("edition", ["bare", "full"])
def test_the_fifteen_things_are_there_and_no_chapter_is_empty(visit, edition, request):
    request.getfixturevalue(edition)
    html = page(visit)

    assert [thing for thing in THINGS if thing not in html] == []
    chapters = Chapters(html).bodies
    assert len(chapters) >= 13
    assert [key for key, words in chapters.items() if len(words) < 4] == []


def test_what_the_edition_leaves_out_leads_to_somebody_who_knows(visit, bare):
    chapters = Chapters(page(visit)).bodies

    assert "目录还没有填写这一项，可以致电" in chapters["basis"]
    assert "政务服务中心" in chapters["places"]
    assert "行政许可法第七十二条" in chapters["accountability"]


def test_everything_the_edition_says_is_said(visit, full):
    html = page(visit)

    for words in (
        "每年不超过 100 个", "国务院令第1号", "2019年5月1日", "从事某某活动，应当取得许可。", "3路、12路 城东站",
        "城东路 8 号一楼", "地铁 A 口出", "0753-1111111", "0753-2222222", "残疾人免收", "发改价格〔2020〕1号", "许可科",
        "消防大队",
        "检测服务", "知情权", "按时年报", "超期办理的，追究经办人责任", "市中级人民法院",
        "440117001000", "开小店", "须核对原件",
        "每天可预约 30 件，提前一天", rich.STANDARD, "找出租人签署", "租赁合同示范文本", "只在“场地来源”为“租赁”时要交",
    ):  # fmt: skip
        assert words in html, words
    assert "None" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


def test_chapters_fold_and_all_open_without_script(visit, full):
    folded, opened = page(visit), page(visit, "?all=1")

    assert folded.count('<details class="chapter" open>') == 2
    assert opened.count('<details class="chapter">') == 0


def test_the_chart_is_drawn_from_the_steps(visit, full):
    html = page(visit)

    assert 'class="flowchart" role="img"' in html
    for words in ("消防核实", "同时进行", "专家评审"):
        assert words in html
    assert "style=" not in html


def test_machines_read_it_as_a_government_service(visit, full):
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page(visit), flags=re.DOTALL)
    data = json.loads(script)

    assert (data["@context"], data["@type"]) == ("https://schema.org", "GovernmentService")
    assert data["name"] == "要素齐全的许可"
    assert data["provider"]["@type"] == "GovernmentOrganization"
    assert data["offers"]["price"] == "50.00"
    assert data["subjectOf"]["mainEntity"][0]["acceptedAnswer"]["text"] == "五年。"
    assert data["availableChannel"][1]["serviceLocation"]["address"]["streetAddress"] == "城东路 8 号一楼"
    assert data["url"].endswith("/items/food-business-licence/")


def test_whoever_passes_the_address_on_sees_the_five_answers(visit, full):
    html = page(visit)

    assert '<meta property="og:title" content="要素齐全的许可">' in html
    assert "办理。5 个工作日，最多跑 1 次，每证 50 元。" in html
    assert '<link rel="canonical" href="' in html


def test_an_english_reader_gets_an_english_frame(visit, full, settings):
    browser = visit()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    html = browser.get("/items/food-business-licence/").content.decode()

    for heading in ("Fees and their basis", "My rights and duties", "Who, where, when, and bus lines", "Open all"):
        assert heading in html


def test_nothing_that_an_editor_writes_is_markup(visit, town):
    harm = "</script><script>alert(1)</script><b>"
    town.release("food-business-licence", name=f"许可{harm}", conditions=[harm], faq=[{"q": harm, "a": harm}])

    assert "<script>alert" not in page(visit)


def test_only_materials_that_everybody_needs_are_counted(visit, full):
    html = page(visit)

    assert re.search(r'必须有 <a href="#materials">1 份材料</a>', html)
    assert "共 4 份，其中 1 份人人都要" in html


@pytest.mark.parametrize("size", ["a4", "a5", "", "letter"])
def test_the_leaflet_is_a_pdf(visit, full, size):
    answer = visit().get(f"/items/food-business-licence/brochure.pdf?size={size}")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert ("-A5.pdf" in answer.headers["Content-Disposition"]) == (size == "a5")


def test_the_leaflet_of_an_unknown_item(visit):
    assert visit().get("/items/no-such-thing/brochure.pdf").status_code == 404


def test_a_guide_costs_few_statements(visit, full, django_assert_max_num_queries):
    page(visit)
    with django_assert_max_num_queries(8):
        page(visit)
