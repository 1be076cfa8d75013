"""The worker builds the index; every process takes it up aside, and answers from the old one meanwhile."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.builders import catalog, city
from yimen.catalog import queries
from yimen.catalog.commands import indexing
from yimen.catalog.models import SearchIndex, TextVector
from yimen.catalog.queries.seeking import keeping, meaning, sources
from yimen.kit import warming
from yimen.kit.commands import remembering


@pytest.fixture(autouse=True)
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A model that is quick, and says for which texts it was asked."""
    asked: list[str] = []

    def of_texts(texts: Sequence[str]) -> object:
        asked.extend(texts)
        return np.stack([np.full(meaning.WIDTH, len(text) / 100, np.float16) for text in texts])

    monkeypatch.setattr(meaning, "available", lambda: True)
    monkeypatch.setattr(meaning, "of_texts", of_texts)
    monkeypatch.setattr(meaning, "of_question", lambda question: np.zeros(meaning.WIDTH, np.float32))
    return asked


def found(words: str) -> list[str]:
    return [hit.slug for hit in queries.search(words).items]


@pytest.mark.django_db(transaction=True)
def test_a_release_is_found_once_the_worker_has_built_the_index_and_until_then_the_old_one_answers() -> None:
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    indexing.renew_index(at=city.AT)
    assert found("热气球") == ["balloon"]

    catalog.release(catalog.small(slug="glider", name="滑翔伞飞行许可"))
    assert found("滑翔伞") == []

    assert indexing.renew_index(at=city.AT)
    found("滑翔伞")
    assert _waited_for("滑翔伞") == ["glider"]


def _waited_for(words: str) -> list[str]:
    """A thread of this process fetches the new index."""
    until = time.monotonic() + 20
    while time.monotonic() < until and not found(words):
        time.sleep(0.05)
    return found(words)


@pytest.mark.django_db
def test_a_process_that_starts_takes_what_the_worker_built_and_builds_its_own_where_there_is_nothing() -> None:
    assert found("热气球") == []
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    assert found("热气球") == ["balloon"]
    assert not SearchIndex.objects.exists()

    indexing.renew_index(at=city.AT)
    catalog.release(catalog.small(slug="glider", name="滑翔伞飞行许可"))
    keeping.forget()

    assert found("滑翔伞") == []
    assert found("热气球") == ["balloon"]


@pytest.mark.django_db
def test_an_index_of_another_make_is_not_read() -> None:
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    SearchIndex.objects.create(
        pk=1, row="00000000-0000-0000-0000-000000000001", content=b"yimen-search-0\n...", built_at=city.AT, seconds=0
    )

    assert found("热气球") == ["balloon"]

    SearchIndex.objects.update(stamp=sources.shelf_stamp())
    assert indexing.renew_index(at=city.AT)
    assert not indexing.renew_index(at=city.AT)


@pytest.mark.django_db
def test_nothing_is_built_while_nothing_has_changed() -> None:
    catalog.release(catalog.small())

    assert indexing.renew_index(at=city.AT)
    assert not indexing.renew_index(at=city.AT)


@pytest.mark.django_db
def test_a_text_is_given_its_vector_once(embedded: list[str]) -> None:
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    indexing.renew_index(at=city.AT)
    first = len(embedded)
    catalog.release(catalog.small(slug="glider", name="滑翔伞飞行许可"))
    indexing.renew_index(at=city.AT)

    assert len(embedded) == len(set(embedded)) == TextVector.objects.count()
    assert [text for text in embedded[first:] if "热气球" in text] == []


@pytest.mark.django_db
def test_vectors_of_texts_long_gone_are_thrown_away_once_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "SPARE", 3)
    TextVector.objects.bulk_create(TextVector(digest=f"old{number}", vector=b"") for number in range(300))
    catalog.release(catalog.small())

    indexing.build_index(at=city.AT)

    assert not TextVector.objects.filter(digest__startswith="old").exists()
    assert TextVector.objects.exists()


@pytest.mark.django_db
def test_without_the_model_the_words_alone_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "available", lambda: False)
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    indexing.renew_index(at=city.AT)

    assert found("热气球") == ["balloon"]
    assert not TextVector.objects.exists()


@pytest.mark.django_db
def test_a_release_asks_for_one_job_however_much_it_changes() -> None:
    before = ProcrastinateJob.objects.filter(task_name="catalog.index").count()
    catalog.release(catalog.small())

    assert ProcrastinateJob.objects.filter(task_name="catalog.index").count() == before + 1


@pytest.mark.django_db
def test_an_office_that_was_renamed_is_called_so_in_the_next_index() -> None:
    edition = catalog.release(catalog.small())
    indexing.build_index(at=city.AT)
    type(edition.item.agency).objects.filter(pk=edition.item.agency_id).update(name="新名局")
    indexing.build_index(at=city.AT)
    keeping.forget()

    assert queries.search("小事项").items[0].agency == "新名局"


@pytest.mark.django_db
def test_a_page_asks_the_database_once_for_the_index(django_assert_num_queries: object) -> None:
    catalog.release(catalog.small())
    indexing.build_index(at=city.AT)
    keeping.forget()
    queries.search("小事项")

    with remembering(), django_assert_num_queries(1):  # type: ignore[operator]
        queries.search("小事项")
        queries.counts("小事项")
        queries.facets("theme")


@pytest.mark.django_db
def test_a_web_process_has_the_index_before_anybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog.release(catalog.small(slug="balloon", name="热气球升空许可"))
    indexing.build_index(at=city.AT)
    keeping.forget()

    warming._chores["catalog.search"]()

    monkeypatch.setattr(keeping, "load", None)  # nothing is unpacked any more
    assert found("热气球") == ["balloon"]
