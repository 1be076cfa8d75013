"""What a form's own checks say: which field, and what to do about it."""

from __future__ import annotations

from django import forms
from django.utils.translation import override

from yimen.ui import acting

KEEPS = "请写明理由，本人会看到。"


class Sample(acting.ActForm):
    said = acting.text("正确的内容", longest=5)
    way = forms.ChoiceField(label="办法", choices=[("a", "甲"), ("b", "乙")])
    agreed = forms.BooleanField(label="我已阅读")
    scan = forms.FileField(label="扫描件")
    why = forms.CharField(label="理由", error_messages={"required": KEEPS})
    rate = acting.text("比例（%）", required=False, longest=2)


def said(**post: str) -> dict[str, list[str]]:
    return {name: [str(each) for each in errors] for name, errors in Sample(post, {}).errors.items()}


def test_what_is_missing_is_named() -> None:
    assert said() == {
        "said": ["请填写“正确的内容”。"],
        "way": ["请选择“办法”。"],
        "agreed": ["请勾选“我已阅读”。"],
        "scan": ["请选择要上传的文件：扫描件。"],
        "why": [KEEPS],
    }


def test_what_is_too_long_or_not_in_the_list_is_named_too() -> None:
    found = said(said="六个字那么长", way="c", agreed="on", why="有", rate="一二三")

    assert found["said"] == ["“正确的内容”不能超过 5 个字。"]
    assert found["way"] == ["请从列表中选择“办法”。"]
    assert found["rate"] == ["“比例（%）”不能超过 2 个字。"]


def test_it_is_said_in_english_on_an_english_page() -> None:
    with override("en"):
        assert said()["said"] == ["Fill in “正确的内容”."]


def test_above_the_form_each_sentence_names_its_field_once(render) -> None:
    class Two(forms.Form):
        first = forms.CharField(label="证件号码", error_messages={"required": "请填写“证件号码”。"})
        second = forms.CharField(label="证件号码", error_messages={"required": "请填写“证件号码”。"})
        third = forms.CharField(label="姓名", error_messages={"required": KEEPS})
        fourth = forms.CharField(label="电话", error_messages={"required": KEEPS})

    page = render("{% error_summary form %}", form=Two({}))

    assert page.count(">请填写“证件号码”。<") == 2
    assert f">姓名：{KEEPS}<" in page
    assert f">电话：{KEEPS}<" in page
