from __future__ import annotations

import gettext
import re

import pytest

from tools import messages
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.ui import context, ports, styleguide, views

ADMINISTRATOR = Actor(user=1, name="林晓红", post=1, post_name="管理岗", duties=frozenset({"administrator"}))


@pytest.mark.django_db  # what waits is counted beside its entry of the navigation
@pytest.mark.parametrize("page", sorted(styleguide.PAGES))
def test_every_page_of_the_styleguide_keeps_the_content_policy(request_of, page):
    html = views.styleguide(request_of(actor=ADMINISTRATOR, page=page)).content.decode()

    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|javascript:", html)
    assert html.count("<main") == html.count("<h1") == 1


def test_for_others_there_is_no_styleguide(request_of, settings):
    settings.DEBUG = False

    with pytest.raises(NotFound):
        views.styleguide(request_of(actor=Actor(user=2, duties=frozenset({"clerk"}))))


def test_accessible_mode_is_kept_on_the_device_and_leads_back_to_our_own_pages_only(rf):
    home = views.accessible_mode(rf.post("/ui/accessible-mode", {"on": "1", "next": "/items?q=1"}))
    away = views.accessible_mode(rf.post("/ui/accessible-mode", {"on": "0", "next": "https://elsewhere.example/"}))

    assert (home.url, home.cookies[context.PLAIN_COOKIE].value) == ("/items?q=1", "1")
    assert (away.url, away.cookies[context.PLAIN_COOKIE].value) == ("/", "0")


def test_the_desk_shows_only_what_one_s_duties_reach_and_marks_the_longest_address(monkeypatch):
    entries = [
        ports.Entry("all", "全部", "/desk/", "list", order=2),
        ports.Entry("mine", "待办", "/desk/mine", "inbox", frozenset({"clerk"}), order=1, count=lambda actor: 3),
        ports.Entry("cards", "监督", "/supervision", "activity", frozenset({"supervisor"})),
        ports.Entry("gone", "未装", "nowhere:at_all", "list"),
    ]
    monkeypatch.setattr(ports, "_entries", {entry.key: entry for entry in entries})

    shown = context.navigation(Actor(user=1, duties=frozenset({"clerk"})), "/desk/mine/today")

    assert [(line["key"], line["count"], line["current"]) for line in shown] == [
        ("mine", 3, True),
        ("all", None, False),
    ]


def test_a_place_that_nobody_offers_is_empty_and_an_unknown_one_fails_loudly(monkeypatch):
    monkeypatch.setattr(ports, "_places", {"home": "/", "search": "nowhere:at_all"})

    assert [ports.place(name) for name in ("home", "search", "help")] == ["/", "", ""]
    with pytest.raises(ValueError, match="unknown place"):
        ports.offer_place("attic", "/")


def test_everything_the_shell_says_has_its_english():
    assert messages.missing("ui") == {}


def test_a_catalogue_is_built_as_gettext_reads_it(tmp_path):
    po = tmp_path / "django.po"
    po.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "是"\nmsgstr "Yes"\n\nmsgid "%(n)d 天"\nmsgid_plural "%(n)d 天"\nmsgstr[0] "%(n)d day"\n'
        'msgstr[1] "%(n)d days"\n\nmsgid "否"\nmsgstr ""\n',
        encoding="utf-8",
    )

    with messages.write(po).open("rb") as mo:
        read = gettext.GNUTranslations(mo)

    assert [read.gettext("是"), read.gettext("否")] == ["Yes", "否"]
    assert [read.ngettext("%(n)d 天", "%(n)d 天", count) for count in (1, 2)] == ["%(n)d day", "%(n)d days"]
