"""What is typed or pasted into a section of a draft: odd letters, and a page that is older than the draft."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import catalog
from tests.builders.city import AT, SYSTEM
from tests.rooms.catalog.test_editing import FOOD, begun, whole_page
from tests.rooms.catalog.test_editing_saving import now, post, signed_in
from yimen.catalog import commands
from yimen.catalog.models import Edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Edition:
    catalog.item(FOOD)
    return begun()


@pytest.fixture
def first(draft: Edition) -> Client:
    return signed_in()


def test_what_a_word_processor_leaves_in_a_text_is_undone(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "limits", draft)
    pasted = "第一\v第二\x07\x02\u200b\ufeff　“引号”\xa0\x85尾\ud800".encode("utf-8", "replace").decode()

    post(first, "limits", sent, statutory_note=pasted)

    assert now(draft)["statutory_note"] == "第一\n第二　“引号” \n尾?"


def test_odd_letters_that_nobody_touched_stay_as_they_are(draft: Edition, first: Client) -> None:
    """They came by a file; saving another field is no reason to change them."""
    odd = {**draft.document, "statutory_note": "一\v二\x07\u200b"}
    commands.save_draft(draft, odd, base=draft.revision, by=SYSTEM, at=AT)
    sent = whole_page(first, "limits", draft)

    post(first, "limits", sent, promised_note="新的说明")

    assert (now(draft)["statutory_note"], now(draft)["promised_note"]) == ("一\v二\x07\u200b", "新的说明")


def test_a_browser_learns_whether_its_page_is_older_than_the_draft(draft: Edition, first: Client) -> None:
    sent = whole_page(first, "limits", draft) | {"statutory_note": "关掉以前写的"}
    asked = reverse("catalog:edit_differs", args=[FOOD, "limits"])

    before = first.post(asked, sent).json()
    post(first, "limits", sent)
    after = first.post(asked, sent).json()

    assert (before["differs"], after["differs"]) == (True, False)
    assert after["revision"] == before["revision"] + 1 == draft.revision + 1
