"""Items are found by the words people use, and by department, theme, subject and life event."""

from __future__ import annotations

import pytest

from tests.builders import catalog, city
from yimen.catalog import queries
from yimen.catalog.commands import load_folder
from yimen.kit.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def _all_items() -> None:
    load_folder(catalog.FOLDER, by=city.SYSTEM, at=city.AT)


@pytest.mark.usefixtures("_all_items")
@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("开餐馆", "food-business-licence"),
        ("上户口", "birth-hukou-registration"),
        ("换身份证", "id-card-renewal"),
        ("理发店", "public-place-hygiene"),
        ("残疾人补贴怎么领", "disability-subsidies"),
        ("想和老公离婚", "divorce-registration"),
        ("货车营运证", "road-freight-licence"),
        ("锅炉登记", "special-equipment-registration"),
        ("food-business-licence", "food-business-licence"),
        ("食品经营许可", "food-business-licence"),
    ],
)
def test_a_question_in_everyday_words_finds_its_item_among_the_first_three(asked: str, slug: str) -> None:
    assert slug in [hit.slug for hit in queries.search(asked).items[:3]]


@pytest.mark.usefixtures("_all_items")
def test_hostile_and_empty_questions_find_all_or_nothing_but_never_fail() -> None:
    assert queries.search("").total == len(catalog.slugs())
    assert queries.search("\x00'; DROP TABLE--<b>").total == 0
    assert queries.search("的" * 10_000).total == 0


@pytest.mark.usefixtures("_all_items")
def test_pages_follow_one_another_without_gaps() -> None:
    seen, cursor = [], None
    while True:
        found = queries.search(size=10, cursor=cursor)
        seen += [hit.slug for hit in found.items]
        cursor = found.next
        if cursor is None:
            break

    assert sorted(seen) == catalog.slugs()
    with pytest.raises(Invalid):
        queries.search(cursor="nonsense")


@pytest.mark.usefixtures("_all_items")
def test_facets_count_what_a_click_would_show() -> None:
    for name in ("department", "theme", "subject", "life_event"):
        for facet in queries.facets(name):
            assert queries.search(**{name: facet.value}, size=100).total == facet.count  # type: ignore[arg-type]
    assert next(facet.label for facet in queries.facets("department") if facet.value == "GA") == "岭东市公安局"
