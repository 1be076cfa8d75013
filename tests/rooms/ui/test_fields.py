from __future__ import annotations

import pytest

from tests.builders import browser_forms
from yimen.ui import fields, inputs, styleguide

HOSTILE = "\"><script>alert('x')</script>"


def test_what_a_form_shows_comes_back_as_it_was_when_nothing_is_changed(render):
    shown = [field for field in styleguide.FIELDS if field["name"] != "staff"]

    values = inputs.read(browser_forms.post(render("{% fields listed %}", listed=shown)), shown)

    expected = {field["name"]: field.get("value") for field in shown}
    empty = {"platform": "", "trade": "", "scope": [], "remark": ""}
    assert values == expected | empty | {"place": expected["place"] | {"village": ""}}


def test_a_long_list_is_searched_by_its_words_and_never_shows_codes(render):
    words = {"name": "office", "label": "部门", "kind": "choice", "choices": [f"部门{n}" for n in range(60)]}
    coded = words | {"choices": [{"value": f"441400-{n}", "label": f"部门{n}"} for n in range(60)], "value": "441400-7"}

    searched, chosen = render("{% field f %}", f=words), render("{% field f %}", f=coded)

    assert "<datalist" in searched
    assert '<option value="441400-7" selected>部门7</option>' in chosen


def test_several_of_a_long_list_are_searched_one_after_the_other_without_script_and_nothing_typed_is_lost(render):
    field = {"name": "trades", "label": "行业", "kind": "multi", "choices": [f"行业{n}" for n in range(60)]}
    first = browser_forms.post(render("{% field f %}", f=field), refresh="trades").copy()
    first.setlist("trades", [" 行业7 "])

    again = render("{% field f %}", f=field | {"value": inputs.read(first, [field])["trades"]})
    wrong = render("{% field f %}", f=field | {"value": ["行业7", "养蜂"], "error": "不在选项里。"})

    assert inputs.row_button(first) == ("refresh", "trades", None)
    assert 'value="行业7" checked' in again
    assert '<option value="行业7"' not in again
    assert 'value="养蜂"' in wrong
    given = browser_forms.post(again).copy()
    given.setlist("trades", [*given.getlist("trades"), "行业9", "行业7"])
    assert inputs.read(given, [field]) == {"trades": ["行业7", "行业9"]}


def test_a_table_loses_its_empty_rows_when_it_is_saved(render):
    [staff] = [field for field in styleguide.FIELDS if field["name"] == "staff"]

    values = inputs.read(browser_forms.post(render("{% field f %}", f=staff)), [staff])

    assert values == {
        "staff": [{"name": "李梅", "idcard": "441402199001010000", "role": "厨师", "health": "2026-05-01"}]
    }


def test_rows_are_added_and_removed_without_javascript_and_nothing_typed_is_lost(render):
    [staff] = [field for field in styleguide.FIELDS if field["name"] == "staff"]
    html = render("{% field f %}", f=staff)

    adding = browser_forms.post(html, add_row="staff")
    removing = browser_forms.post(html, remove_row="staff__0")
    more = inputs.apply(inputs.read(adding, [staff]), inputs.row_button(adding))
    less = inputs.apply(inputs.read(removing, [staff]), inputs.row_button(removing))

    assert [row.get("name") for row in more["staff"]] == ["李梅", "", None]
    assert [row["name"] for row in less["staff"]] == [""]


def test_a_row_number_that_we_did_not_make_is_not_a_button():
    assert inputs.row_button(browser_forms.post("", remove_row="staff__x")) is None
    assert inputs.row_button(browser_forms.post("", refresh="place")) == ("refresh", "place", None)
    assert inputs.row_button(browser_forms.post("")) is None


@pytest.mark.parametrize("kind", sorted(fields.KINDS))
def test_html_typed_into_a_field_of_any_kind_is_harmless(render, kind):
    columns = [{"name": "a", "label": HOSTILE, "kind": "text"}]
    value = {"table": [{"a": HOSTILE}], "address": {"detail": HOSTILE}, "multi": [HOSTILE]}.get(kind, HOSTILE)
    field = {
        "name": "x",
        "label": HOSTILE,
        "kind": kind,
        "value": value,
        "hint": HOSTILE,
        "error": HOSTILE,
        "source": HOSTILE,
    }

    html = render("{% field f %}", f=field | {"columns": columns, "choices": [HOSTILE], "unit": HOSTILE})

    assert "<script>" not in html


@pytest.mark.parametrize("kind", sorted(fields.KINDS))
def test_every_kind_shows_its_label_its_error_and_a_place_to_jump_to(render, kind):
    field = {
        "name": "x",
        "label": "名称",
        "kind": kind,
        "error": "请填写名称",
        "hint": "如营业执照所示",
        "choices": ["甲"],
    }

    html = render("{% field f %}", f=field | {"columns": [{"name": "a", "label": "甲"}]})

    assert all(words in html for words in ("名称", "请填写名称", "如营业执照所示", 'id="id_x"', 'id="id_x-error"'))


def test_up_to_six_choices_are_radios_and_more_are_a_list(render):
    field = {"name": "x", "label": "类别", "kind": "choice"}

    few = render("{% field f %}", f=field | {"choices": list("甲乙丙丁戊己")})
    many = render("{% field f %}", f=field | {"choices": list("甲乙丙丁戊己庚")})

    assert (few.count('type="radio"'), few.count("<select")) == (6, 0)
    assert (many.count('type="radio"'), many.count("<select")) == (0, 1)


@pytest.mark.parametrize(
    ("expression", "values", "held"),
    [
        ("a == 'x'", {"a": "x"}, True),
        ("a == 'x'", {"a": "y"}, False),
        ("a == 'x'", {}, False),
        ("a != 'x'", {"a": "y"}, True),
        ("a in ['x','y']", {"a": "y"}, True),
        ("a in ['x','y']", {"a": ["z", "x"]}, True),
        ("a == true", {"a": True}, True),
        ("a == true", {"a": None}, False),
        ("a == false", {"a": False}, True),
    ],
)
def test_a_condition_of_the_catalogue_holds_or_not(expression, values, held):
    assert fields.holds(fields.parse(expression), values) is held


def test_a_conditional_field_says_in_words_when_it_is_asked_and_hides_where_scripts_run(render):
    online = {"name": "online", "label": "网络经营", "kind": "boolean", "value": False}
    where = {"name": "where", "label": "平台", "kind": "text", "show_if": "online == true"}

    html = render("{% fields listed %}", listed=[online, where])

    assert "仅在“网络经营”为“是”时填写" in html
    assert "data-off" in html


def test_a_condition_on_a_choice_says_the_choice_as_people_read_it(render):
    choices = [{"value": "44", "label": "市场监督管理局"}, {"value": "elsewhere", "label": "其他地方的机关"}]
    body = {"name": "body", "label": "颁发机关", "kind": "choice", "choices": choices, "value": "elsewhere"}
    name = {"name": "name", "label": "机关名称", "kind": "text", "show_if": "body == 'elsewhere'"}

    html = render("{% fields listed %}", listed=[body, name])

    assert "仅在“颁发机关”为“其他地方的机关”时填写" in html
    assert "data-off" not in html


def test_an_unknown_kind_fails_loudly():
    with pytest.raises(ValueError, match="unknown kind"):
        fields.prepare({"name": "x", "label": "x", "kind": "colour"})


def test_a_column_that_holds_long_text_is_wider_in_every_row_and_the_others_stay_narrow():
    columns = [{"name": "what", "label": "问题"}, {"name": "code", "label": "代码"}]
    value = [{"what": "是否低保或者低保边缘家庭", "code": "low"}, {"what": "是否成年", "code": "adult"}]

    rows = fields.table_rows({"name": "questions", "value": value, "columns": columns})

    assert [[cell["wide"] for cell in row] for row in rows] == [[True, False], [True, False]]
