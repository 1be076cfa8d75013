"""The pages on which it is chosen whom an easing reaches, and on which two editions are read side by side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import browser_forms, walk
from yimen.catalog.models import Edition
from yimen.kit.time import day_of, now

SLUG = "food-business-licence"
GONE = "注册资本不少于十万元"


@pytest.fixture
def town(db: None) -> walk.Town:
    return walk.town()


@pytest.fixture
def edition(town: walk.Town) -> Edition:
    raw = walk.document(SLUG)
    return town.release(
        SLUG, promised_days=20, statutory_days=20, visits=2, visits_reason="领取证件", online_depth="三级",
        conditions=[*raw["conditions"], GONE],
    )  # fmt: skip


@pytest.fixture
def draft(town: walk.Town, edition: Edition) -> Edition:
    """A shorter promise, a condition fewer, a visit fewer, a condition more."""
    kept = [text for text in edition.document["conditions"] if text != GONE]
    return town.draft(
        SLUG, now(), promised_days=10, visits=1, conditions=[*kept, "经营场所有独立的更衣室"], quota="每年 100 家"
    )


@pytest.fixture
def editor(town: walk.Town) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(town.users["editor"], backend="yimen.identity.access.AnyName")
    return client


def page(client: Client, name: str) -> str:
    return client.get(reverse(f"catalog:{name}", args=[SLUG])).content.decode()


def send(client: Client, **chosen: str) -> Any:
    given = {"planned_from": day_of(now()).isoformat(), "note": "提速"}
    return client.post(reverse("catalog:submit", args=[SLUG]), given | chosen)


def reach_of(shown: str, what: str) -> str:
    """The name of the field in which it is chosen whom a change reaches."""
    found = re.search(rf"“{re.escape(what)}”适用于哪些办件.*?name=\"(reach_\d+)\"", shown, re.S)
    assert found, what
    return found[1]


def test_each_easing_is_chosen_by_itself(town: walk.Town, edition: Edition, editor: Client, draft: Edition) -> None:
    walk.accepted(town, edition, at=now())
    shown = page(editor, "submit")
    promise, condition = reach_of(shown, "承诺办结时限"), reach_of(shown, GONE)

    refused = send(editor, **{promise: "all"})
    done = send(editor, **{promise: "all", condition: "new"})

    assert (refused.status_code, done.status_code) == (422, 302)
    draft.refresh_from_db()
    assert draft.reach == {"promised_days": "all", f"conditions[{GONE}]": "new"}


def test_what_reaches_nobody_yet_may_be_chosen_too_and_is_for_new_ones_otherwise(
    editor: Client, draft: Edition
) -> None:
    shown = page(editor, "submit")
    as_it_stands = browser_forms.post(shown.partition('<form method="post" novalidate')[2])
    promise, condition = reach_of(shown, "承诺办结时限"), reach_of(shown, GONE)

    assert "到施行那天可能有" in shown
    assert (as_it_stands[promise], as_it_stands[condition]) == ("new", "new")
    assert send(editor, **{promise: "all", condition: "new"}).status_code == 302
    draft.refresh_from_db()
    assert draft.reach["promised_days"] == "all"


def test_what_nobody_chooses_has_its_reason(town: walk.Town, edition: Edition, editor: Client, draft: Edition) -> None:
    walk.accepted(town, edition, at=now())

    for shown in (page(editor, "submit"), page(editor, "draft")):
        assert "跑动次数说的是办理的全过程" in shown
        assert "新的要求不适用于已经提交的申请" in shown
    assert "“必须现场办理次数”适用于哪些办件" not in page(editor, "submit")


def test_the_offices_see_what_was_chosen(town: walk.Town, edition: Edition, editor: Client, draft: Edition) -> None:
    walk.accepted(town, edition, at=now())
    shown = page(editor, "submit")
    send(editor, **{reach_of(shown, "承诺办结时限"): "all", reach_of(shown, GONE): "new"})

    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(town.users["staffing"], backend="yimen.identity.access.AnyName")
    seen = page(client, "draft")

    assert "也适用于在办的办件" in seen
    assert "送审时选择" not in seen
    assert "件按送审时的选择办理" in seen
    assert "需要您决定" not in seen


def test_changed_words_are_marked_and_told_to_who_does_not_see_them(town: walk.Town, editor: Client) -> None:
    steps = [{"name": "受理", "role": "窗口"}, {"name": "现场核查", "role": "核查岗", "days": 5}]
    first = town.release(SLUG, conditions=["申请人应当提交身份证复印件"], steps=steps)
    town.approve(
        town.draft(
            SLUG, now(), conditions=["申请人应当出示身份证原件"],
            steps=[steps[0], {**steps[1], "name": "实地核查"}],
        ),
        now(),
    )  # fmt: skip
    assert first.version == 1

    shown = " ".join(page(editor, "difference").split())

    assert '<del><span class="hidden">删去：</span>提交</del>' in shown
    assert '<ins><span class="hidden">新增：</span>出示</ins>' in shown
    assert "身份证<del>" in shown
    assert "原名“现场核查”" in shown
    assert "改名" in shown
