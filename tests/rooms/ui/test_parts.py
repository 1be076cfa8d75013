from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms

import yimen
from yimen.law.states import State
from yimen.ui import faces, icons, styleguide
from yimen.ui.faces import ClockFace

HOUSE = Path(yimen.__file__).parent


def test_the_words_of_states_are_law_s():
    assert {key: str(face.word) for key, face in faces.STATES.items()} == {state.value: state.label for state in State}


def test_every_icon_that_a_template_or_a_look_names_is_among_those_drawn():
    templates = [path.read_text(encoding="utf-8") for path in HOUSE.rglob("*.html")]
    named = {
        name
        for source in templates
        for name in re.findall(r'\{% icon "([^"]+)"|\bicon="([^"]+)"', source)
        for name in name
    }
    looks = {look.icon for table in (faces.STATES, faces.CARDS, faces.LICENCES) for look in table.values()}

    assert (named | looks) - {""} <= set(icons.drawings())


@pytest.mark.parametrize(
    ("left", "shade"), [(8, "normal"), (1, "warning"), (0, "yellow"), (-3, "red"), (None, "normal")]
)
def test_a_clock_takes_its_shade_from_what_is_left(left, shade):
    assert ClockFace("promise", "running", left=left).shade == shade


def test_a_clock_says_what_is_left_until_when_and_how_that_was_reckoned(render):
    face = {"kind": "promise", "state": "running", "due": date(2025, 10, 22), "left": 8, "reckoning": ["当天不算。"]}

    html = render("{% clock face %}", face=face, now=styleguide.NOW)

    assert all(words in html for words in ("承诺期限", "还剩 8 个工作日", "最迟 10月22日（周三）", "当天不算。"))


def test_a_paused_clock_and_a_finished_one_say_so(render):
    paused = ClockFace("promise", "paused")
    in_time, late = (ClockFace("promise", "stopped", met=met) for met in (True, False))

    said = render("{% for face in clocks %}{% clock_word face %}{% endfor %}", clocks=[paused, in_time, late])

    assert re.findall(r"</svg>([^<]+)", said) == ["计时暂停", "按期完成", "已超期完成"]


def test_the_next_page_keeps_the_filters_and_drops_the_old_cursor(render):
    html = render("{% pager page %}", query={"state": "accepted", "cursor": "old"}, page={"next": "new"})

    assert 'href="/list?state=accepted"' in html
    assert 'href="/list?state=accepted&amp;cursor=new"' in html
    assert "old" not in html


def test_a_table_never_shows_an_empty_box_and_an_empty_table_shows_nothing(render):
    columns = [{"key": "name", "label": "姓名"}, {"key": "phone", "label": "电话"}]

    assert "—" in render("{% table columns rows %}", columns=columns, rows=[{"name": "李梅", "phone": None}])
    assert render("{% table columns rows %}", columns=columns, rows=[]).strip() == ""


def test_a_row_that_opens_something_has_a_real_link_in_it(render):
    columns = [{"key": "state", "label": "状态", "kind": "badge"}, {"key": "name", "label": "姓名", "kind": "strong"}]
    rows = [{"state": "在办", "name": "李梅", "url": "/desk/1"}, {"state": "在办", "name": "王强", "url": ""}]

    shown = render("{% table columns rows %}", columns=columns, rows=rows)

    assert '<a href="/desk/1">李梅</a>' in shown
    assert "<strong>王强</strong>" in shown
    assert shown.count("<a ") == 1


def test_a_verb_that_is_not_possible_is_shown_with_the_reason_and_is_no_link(render):
    html = render(
        "{% verbs verbs %}", verbs=[{"label": "决定", "url": "/decide", "allowed": False, "reason": "须由他人决定"}]
    )

    assert "须由他人决定" in html
    assert "/decide" not in html


def test_the_error_summary_jumps_to_the_fields_of_a_django_form(render):
    class SignIn(forms.Form):
        login = forms.CharField(label="账号", error_messages={"required": "请填写账号"})

    form = SignIn({})
    html = render("{% error_summary form %}{% form_fields form %}", form=form)

    assert 'href="#id_login"' in html
    assert html.count("请填写账号") == 2


def test_what_several_fields_lack_alike_is_said_with_the_name_of_each(render):
    class SignUp(forms.Form):
        name = forms.CharField(label="姓名", error_messages={"required": "请填写此项。"})
        number = forms.CharField(label="身份证号", error_messages={"required": "请填写此项。"})

    html = render("{% error_summary form %}", form=SignUp({}))

    assert "姓名：请填写此项。" in html
    assert "身份证号：请填写此项。" in html


def test_a_password_is_never_shown_again(render):
    class SignIn(forms.Form):
        password = forms.CharField(label="密码", widget=forms.PasswordInput)

    html = render("{% form_fields form %}", form=SignIn({"password": "geheim"}))

    assert 'type="password"' in html
    assert "geheim" not in html
