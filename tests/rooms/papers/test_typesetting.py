"""What stands on the papers, and that nothing that people write can break them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pypdf
import pytest
from pydantic import ValidationError

from tests.rooms.papers.samples import CASE, COMMON, MUST_CARRY, denial, every_kind, receipt
from yimen.kit.qr import svg
from yimen.kit.typeset import typeset
from yimen.papers.choices import TEMPLATES, Entry, Facts, Form, Kind, LicenceFacts, Material, ReceiptFacts
from yimen.papers.queries import FOLDER, licence_pdf

NUMBER, CODE = "岭政服受〔2026〕000123号", "7K3M-9QXT-4D2P"


def set_paper(facts: Facts, **other: Any) -> bytes:
    sheet = {
        "kind": facts.kind,
        "title": facts.title,
        "number": NUMBER,
        "facts": facts.model_dump(mode="json"),
        "verify_code": CODE,
        "verify_page": "http://localhost:8000/v/",
    }
    pictures = {"qr.svg": svg("http://localhost:8000/v/7K3M9QXT4D2P")}
    return typeset(FOLDER, f"{TEMPLATES[facts.kind]}.typ", sheet | other, dated=facts.dated, pictures=pictures)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page without blanks and the invisible places where a line may break."""
    return [
        "".join(page.extract_text().replace("\u200b", "").split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]


@pytest.mark.parametrize("facts", every_kind(), ids=lambda facts: facts.kind.name.lower())
def test_every_paper_is_an_archivable_document_with_all_that_the_law_wants_on_it(facts: Facts) -> None:
    pdf = set_paper(facts)

    text = "".join(pages_of(pdf))
    properties = pypdf.PdfReader(io.BytesIO(pdf)).xmp_metadata
    assert (properties.pdfaid_part, properties.pdfaid_conformance) == ("2", "B")
    for words in ["岭东市市场监督管理局", NUMBER, facts.title, CASE, CODE, "2026年3月9日", *MUST_CARRY[facts.kind]]:
        assert words in text, words


def test_there_is_a_sample_of_every_kind() -> None:
    assert {facts.kind for facts in every_kind()} == set(Kind) == set(MUST_CARRY)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert set_paper(receipt()) == set_paper(receipt())


def test_every_font_travels_with_the_paper() -> None:
    reader = pypdf.PdfReader(io.BytesIO(set_paper(receipt())))

    fonts = {str(font["/BaseFont"]) for page in reader.pages for font in _descendants(page["/Resources"]["/Font"])}

    assert fonts
    assert all("Noto" in name for name in fonts)


def test_what_looks_like_markup_is_printed_as_it_was_written() -> None:
    hostile = '#panic("x") $a^2$ *b* _c_ @d <script>alert(1)</script> \\u{41} `e` // "f" = g {item} {{h}}'

    text = "".join(pages_of(set_paper(denial(reason=hostile, applicant='#read("/etc/passwd")'))))

    assert "".join(hostile.split()) in text
    assert '#read("/etc/passwd")' in text


def test_a_character_that_no_font_has_is_printed_as_its_code_point() -> None:
    text = "".join(pages_of(set_paper(denial(applicant="张\U0002ebf1", reason="谢谢😀"))))

    assert "张［U+2EBF1］" in text
    assert "谢谢［U+1F600］" in text


def test_control_and_direction_characters_leave_no_trace() -> None:
    text = "".join(pages_of(set_paper(denial(applicant="张\u202e三\x00\x07\ud800\u200d四"))))

    assert "张三四：" in text


def test_a_reason_of_ten_thousand_characters_is_printed_whole() -> None:
    reason = "".join(f"第{number}点理由。" for number in range(1500))

    pages = pages_of(set_paper(denial(reason=reason + "A" * 400)))

    assert len(reason) > 10_000
    assert "第1499点理由。" in "".join(pages)
    assert "A" * 20 in "".join(pages)
    assert "行政复议" in pages[-1]


def test_forty_materials_go_on_over_pages_under_a_repeated_head() -> None:
    materials = [Material(name=f"第{n}项：建设工程规划许可证及其附件、附图", copies=1) for n in range(1, 41)]

    pages = pages_of(set_paper(receipt(materials=materials)))

    assert len(pages) > 1
    assert all("材料名称" in page for page in pages if "项：建设工程" in page)
    assert all(f"第{n}项：" in "".join(pages) for n in range(1, 41))
    assert f"第1页共{len(pages)}页" in pages[0]


@pytest.mark.parametrize("count", range(1, 30, 4))
def test_the_seal_never_stands_on_a_page_without_words(count: int) -> None:
    materials = [Material(name=f"第{n}项", copies=1) for n in range(count)]

    last = pages_of(set_paper(receipt(materials=materials)))[-1]

    assert "不表示申请已被受理" in last
    assert "验证码" in last


def test_names_of_thirty_and_firms_of_sixty_characters_fit() -> None:
    firm = "岭东市" + "客家山区生态农业综合开发与现代冷链物流" * 3

    text = "".join(pages_of(set_paper(denial(applicant=firm, agency=firm[:30]))))

    assert firm + "：" in text


def test_a_sample_seal_says_so_and_promises_no_legal_effect() -> None:
    sample = "".join(pages_of(set_paper(denial(sample=True))))
    real = "".join(pages_of(set_paper(denial(sample=False))))

    assert "不具有法律效力" in sample
    assert "同等法律效力" not in sample
    assert "不具有法律效力" not in real
    assert "同等法律效力" in real


def test_articles_of_the_licensing_law_are_cited_for_licences_only() -> None:
    text = "".join(pages_of(set_paper(denial(matter="行政确认"))))

    assert "行政许可" not in text.replace("食品经营许可", "")
    assert "根据有关法律、法规、规章的规定" in text


def test_remedies_name_the_bodies_and_periods_that_they_are_given() -> None:
    other = {"reconsider_at": "岭东市人民政府", "reconsider_days": 90, "sue_at": "梅江区人民法院", "sue_months": 3}

    text = "".join(pages_of(set_paper(denial(remedies=other))))

    assert "90日内向岭东市人民政府申请行政复议" in text
    assert "3个月内向梅江区人民法院提起行政诉讼" in text


def test_a_missing_or_unknown_fact_is_refused_when_the_facts_are_given() -> None:
    with pytest.raises(ValidationError, match="query_password"):
        ReceiptFacts(**COMMON, materials=[], receiver="", place="", received_at="2026-03-02T00:00Z", query_address="")
    with pytest.raises(ValidationError, match="surprise"):
        denial(surprise=1)


def licence(**other: Any) -> LicenceFacts:
    facts = {
        "title": "食品经营许可证",
        "number": "JY24414020001234",
        "identifier": "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
        "holder": "岭东市客家娘酒食品有限公司",
        "issuer": "岭东市市场监督管理局",
        "issued_on": date(2026, 3, 9),
        "entries": [Entry(label="法定代表人", value="张三"), Entry(label="经营场所", value="彬芳大道88号", wide=True)],
        "verify_url": "http://localhost:8000/l/7K3M9QXT4D2P",
        "verify_code": CODE,
        "valid_from": date(2026, 3, 9),
        "valid_to": date(2031, 3, 8),
    }
    return LicenceFacts(**facts | other)


def test_a_licence_shows_its_fields_identifier_dates_and_code() -> None:
    text = "".join(pages_of(licence_pdf(licence())))

    for words in [
        "食品经营许可证",
        "JY24414020001234",
        "1.2.156.3005.2.",
        "客家娘酒",
        "法定代表人",
        "张三",
        "彬芳大道88号",
        CODE,
    ]:
        assert words in text, words
    assert "2026年3月9日至2031年3月8日" in text


def test_a_copy_of_a_licence_bears_its_purpose_all_over() -> None:
    note = "仅供办理公共场所卫生许可使用"

    assert "".join(pages_of(licence_pdf(licence(copy_note=note)))).count(note) > 5
    assert note not in "".join(pages_of(licence_pdf(licence())))


@pytest.mark.parametrize("wide", [(), (0,), (1,), (0, 2), (1, 2), (3,)])
def test_licence_entries_may_be_wide_in_any_order(wide: tuple[int, ...]) -> None:
    entries = [Entry(label=f"项{n}", value=f"值{n}", wide=n in wide) for n in range(4)]

    text = "".join(pages_of(licence_pdf(licence(entries=entries, valid_to=None))))

    assert all(f"值{n}" in text for n in range(4))
    assert "起长期有效" in text


@pytest.mark.parametrize("form", list(Form))
def test_a_long_licence_is_issued_and_sealed_on_its_last_page_and_every_page_says_whose_it_is(form: Form) -> None:
    entries = [Entry(label=f"项{n}", value=f"第{n}个经营项目的名称和范围", wide=True) for n in range(60)]
    facts = licence(entries=entries, form=form, sample=True)

    *before, last = pages_of(licence_pdf(facts))
    inside = before[1:] if form is Form.BOOKLET else before

    assert inside
    assert not any("演示样章" in page or "2026年3月9日2026" in page for page in before)
    assert not any(facts.issuer in page for page in inside)
    assert "演示样章" in last
    assert facts.issuer in last
    for number, page in enumerate([*inside, last], start=len(before) - len(inside) + 1):
        assert facts.identifier in page
        assert f"第{number}页共{len(before) + 1}页" in page
        assert facts.number in page
    assert all(f"签发机关、日期和印章见第{len(before) + 1}页" in page for page in inside)


def _descendants(fonts: Any) -> list[Any]:
    return [inner for font in fonts.values() for inner in font.get_object()["/DescendantFonts"].get_object()]
