"""Whoever asks as people ask finds a right item among the first three: known items, and items nobody has seen."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.builders import catalog, city
from yimen.catalog import commands, ports, queries
from yimen.catalog.commands import load_folder
from yimen.catalog.queries.answering import answers, situated
from yimen.city.models import Agency

pytestmark = pytest.mark.django_db

VECTORS = Path(__file__).parents[2] / "vectors"
# Of any kind of question, and of all of them; with vectors (make bench) the unseen items reach ENOUGH too.
# What is true of a handful of questions says little.
ALWAYS, ENOUGH, FEW = 0.9, 0.95, 20


def vectors(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_text("utf-8"))
    return rows


def held_out(question: str) -> bool:
    """Half of the questions, by lot; the ranking was never tuned to them."""
    return hashlib.sha256(question.encode()).digest()[-1] % 2 == 1


@pytest.fixture
def _everything() -> None:
    load_folder(catalog.FOLDER, by=city.SYSTEM, at=city.AT)
    anybody = Agency.objects.order_by("pk")[:1].get()
    for raw in vectors("unseen-items"):
        commands.release(raw, agency=anybody, by=city.SYSTEM, at=city.AT)


@pytest.mark.usefixtures("_everything")
def test_by_words_alone_a_right_item_is_among_the_first_three() -> None:
    found: dict[str, list[bool]] = defaultdict(list)
    for name in ("queries", "questions", "unseen-questions"):
        for row in vectors(name):
            hits = {hit.slug for hit in queries.search(row["query"], size=3).items}
            right = bool(hits & set(row["any_of"]))
            found[name].append(right)
            if name != "queries":
                found[f"{name}, {'held out' if held_out(row['query']) else 'tuned to'}"].append(right)
                found[f"{name}, {row['kind']}"].append(right)

    shares = {name: sum(right) / len(right) for name, right in found.items()}
    assert {name: share for name, share in shares.items() if share < ALWAYS and len(found[name]) > FEW} == {}
    assert min(shares[name] for name in ("queries", "questions", "questions, held out")) >= ENOUGH
    assert len(found["questions"]) > 600


@pytest.mark.usefixtures("_everything")
def test_a_package_is_found_beside_the_items() -> None:
    rows = vectors("package-questions")
    found = [row["package"] in [hit.key for hit in queries.things(row["query"])] for row in rows]

    assert sum(found) / len(found) >= 0.9
    assert queries.things("护士证") == []
    assert [(hit.kind, hit.key) for hit in queries.things("权力清单")][:1] == [("list", "powers")]


@pytest.mark.usefixtures("_everything")
def test_known_faults_stay_mended() -> None:
    assert queries.search("社保卡").items[0].slug == "social-security-card"
    assert queries.search("SBK").items[0].slug == "social-security-card"
    assert queries.search("烟草专卖零售许可证核发").items[0].slug == "tobacco-retail-licence"
    for nonsense in ("!!!", "的", "hello world", "xyzxyz", "😀", "\x00"):
        assert queries.search(nonsense).total == 0, nonsense


@pytest.mark.usefixtures("_everything")
def test_suggestions_while_typing_bring_items_and_packages() -> None:
    brought = queries.suggestions("新生儿")

    assert {each.kind for each in brought} == {"item", "package"}
    assert len(brought) <= 6
    assert queries.suggestions("  ") == []


@pytest.mark.usefixtures("_everything")
def test_a_question_that_a_guide_answers_is_answered() -> None:
    asked = "离婚冷静期从哪天算"
    found = answers(asked, queries.search(asked).items)

    assert [each.slug for each in found] == ["divorce-registration"]
    assert answers("离婚", queries.search("离婚").items) == []


@pytest.mark.usefixtures("_everything")
def test_counts_are_what_a_click_would_show() -> None:
    counted = queries.counts("许可", subject="法人", online=True)

    for name, found in counted.items():
        for facet in found:
            asked: dict[str, Any] = {"subject": "法人", "online": True, name: facet.value}
            assert queries.search("许可", size=200, **asked).total == facet.count, (name, facet)


def test_forms_of_handling_are_the_document_s_own_or_follow_from_its_depth() -> None:
    catalog.release(catalog.small(slug="one", name="甲事项", channels=["其他"]))
    catalog.release(catalog.small(slug="two", name="乙事项", online_depth="四级", delivery=["邮寄"]))

    assert [hit.slug for hit in queries.search(channel="其他").items] == ["one"]
    assert [hit.slug for hit in queries.search(channel="快递申请").items] == ["two"]
    assert {each.value for each in queries.facets("channel")} == {
        "其他", "窗口办理", "电脑端网上办理", "快递申请"}  # fmt: skip


def test_the_most_used_come_first_where_somebody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.cache import cache

    cache.clear()
    monkeypatch.setattr(ports, "_usage", [lambda: {"two": 7, "gone": 9}])
    catalog.release(catalog.small(slug="one", name="甲事项"))
    catalog.release(catalog.small(slug="two", name="乙事项", visits=3))

    assert [hit.slug for hit in queries.popular()] == ["two"]
    assert [hit.slug for hit in queries.search(order=queries.MOST_USED).items] == ["two", "one"]
    assert [hit.slug for hit in queries.search(once=True).items] == ["one"]
    cache.clear()


def test_a_facet_that_there_is_none_of_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        queries.search(colour="red")


@pytest.mark.usefixtures("_everything")
def test_a_situation_that_the_question_names_leads_to_its_list() -> None:
    def told(asked: str) -> list[tuple[str, str, str]]:
        return [(each.slug, each.field, each.value) for each in situated(asked, queries.search(asked).items)]

    assert told("转诊转院去外省看病")[0][::2] == ("medical-remote-filing", "转诊转院")
    assert told("锅炉登记")[0][::2] == ("special-equipment-registration", "锅炉")
    assert told("结婚登记") == []


@pytest.mark.usefixtures("_everything")
def test_half_a_word_suggests_what_begins_so() -> None:
    assert queries.suggestions("食品经")[0].key == "food-business-licence"
