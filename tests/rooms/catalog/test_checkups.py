"""The 目录体检: findings kept and shown by agency, rule and item; the console command; the clean-up's figures."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import catalog, city, identity
from tests.builders.city import AT
from yimen.catalog import commands
from yimen.catalog.choices import EditionDocument
from yimen.catalog.commands.checkups import renew_checkups
from yimen.catalog.models import Burden, Checkup, Edition
from yimen.catalog.queries import checkups, linting
from yimen.catalog.queries.readiness import obstacles
from yimen.identity.models import User
from yimen.law.catalogue import found_loops

pytestmark = pytest.mark.django_db

FOOD, CARD = "food-business-licence", "id-card-renewal"
PROOF = {
    "name": "无违法记录证明", "kind": "证明", "source": "政府部门核发", "necessity": "必要", "original": 1,
}  # fmt: skip


def sign_in(client: Client, *duties: str) -> User:
    user = identity.staff(*duties)
    client.force_login(user, backend="yimen.identity.access.AnyName")
    return user


def page(client: Client, name: str, *args: Any, **asked: Any) -> str:
    answer = client.get(reverse(f"catalog:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode()


def checked() -> None:
    renew_checkups(at=AT)


def with_proof(slug: str, **changes: Any) -> Edition:
    raw = catalog.raw(slug)
    return catalog.item(slug, materials=[*raw["materials"], PROOF], **changes)


def test_every_current_edition_is_looked_at_once() -> None:
    catalog.item(FOOD)
    with_proof(CARD)

    assert renew_checkups(at=AT) == 2
    assert renew_checkups(at=AT) == 0
    assert Checkup.objects.get(edition__item__slug=CARD).counts["proof_without_basis"] >= 1


def test_a_new_edition_takes_the_place_of_the_old_one() -> None:
    with_proof(CARD)
    checked()
    catalog.item(CARD, conditions=["年满十六周岁"])

    assert renew_checkups(at=AT) == 1
    assert Checkup.objects.count() == 1
    assert "proof_without_basis" not in Checkup.objects.get().counts
    assert Burden.objects.count() == 2


def test_a_city_that_weighs_otherwise_looks_again(settings: Any) -> None:
    catalog.item(FOOD)
    checked()
    before = Checkup.objects.get()
    settings.YIMEN_CATALOG_RULES = {"place_missing": "error", "contact_missing": "off"}

    assert renew_checkups(at=AT) == 1

    after = Checkup.objects.get()
    assert after.errors == before.errors + 1
    assert "contact_missing" not in after.counts


def test_loops_come_and_go_with_the_editions() -> None:
    asks = {"kind": "证明", "source": "政府部门核发", "necessity": "必要", "basis": "《居住证暂行条例》第九条"}
    gives = {"kind": "其他"}
    catalog.release(
        catalog.small(slug="a", results=[{"name": "居住证明", **gives}], materials=[{"name": "就业证明", **asks}])
    )
    catalog.release(
        catalog.small(slug="b", results=[{"name": "就业证明", **gives}], materials=[{"name": "居住证明", **asks}])
    )
    checked()

    assert {each.loops[0]["rule"] for each in Checkup.objects.all()} == {"proof_loop"}
    assert {each.rule for each in checkups.of_item(Edition.objects.get(item__slug="a"))} >= {"proof_loop"}

    catalog.release(catalog.small(slug="b", results=[{"name": "就业证明", **gives}]))
    checked()
    assert [each.loops for each in Checkup.objects.all()] == [[], []]


def test_a_draft_that_would_close_a_loop_is_known_before_its_release() -> None:
    asks = {"kind": "证明", "source": "政府部门核发", "necessity": "必要", "basis": "《居住证暂行条例》第九条"}
    home = catalog.small(
        slug="a", results=[{"name": "居住证明", "kind": "其他"}], materials=[{"name": "就业证明", **asks}]
    )
    work = catalog.small(
        slug="b", results=[{"name": "就业证明", "kind": "其他"}], materials=[{"name": "居住证明", **asks}]
    )
    catalog.release(home)
    checked()

    found = checkups.loops_through(EditionDocument.model_validate(work))

    assert [(each.rule, each.slug, each.place) for each in found] == [("proof_loop", "b", "materials[0]")]


def ring(slug: str, gives: str, *wants: str) -> Edition:
    asks = {"kind": "证明", "source": "政府部门核发", "necessity": "必要", "basis": "《居住证暂行条例》第九条"}
    materials = [{"name": want, **asks} for want in wants]
    return catalog.release(catalog.small(slug=slug, results=[{"name": gives, "kind": "其他"}], materials=materials))


def kept() -> list[Any]:
    seen = Checkup.objects.select_related("edition__item").order_by("edition")
    return [(each.edition.item.slug, each.counts, each.loops, each.ties, each.errors, each.warnings) for each in seen]


def test_what_is_kept_after_each_release_is_what_a_look_at_everything_finds() -> None:
    releases = [
        ("a", "甲证", "乙证"), ("b", "乙证", "丙证"), ("c", "丙证", "甲证"), ("d", "丁证", "甲证"), ("b", "乙证"),
        ("b", "乙证", "甲证"), ("c", "丙证", "丁证"), ("a", "甲证", "丙证"), ("a", "甲证"),
    ]  # fmt: skip
    rings = set()
    for slug, gives, *wants in releases:
        ring(slug, gives, *wants)
        checked()
        in_steps = kept()
        Checkup.objects.all().delete()
        checked()
        assert kept() == in_steps
        rings.add(tuple(sorted(told[0] for told in in_steps if told[2])))
    assert len(rings) >= 3


def test_a_draft_is_told_the_loops_that_a_look_at_everything_would_find() -> None:
    for slug, gives, *wants in [
        ("a", "甲证", "乙证"),
        ("b", "乙证", "丙证", "戊证"),
        ("d", "丁证", "甲证"),
        ("e", "戊证"),
    ]:
        ring(slug, gives, *wants)
    checked()
    for gives, *wants in [("丙证", "丁证"), ("丙证", "甲证"), ("丙证", "戊证"), ("己证", "甲证"), ("丙证", "丙证")]:
        edition = catalog.small(
            slug="c",
            results=[{"name": gives, "kind": "其他"}],
            materials=[{"name": want, "kind": "证明", "source": "其他", "necessity": "必要"} for want in wants],
        )
        document = EditionDocument.model_validate(edition)
        everybody = [linting.lens().desk(each) for _edition, each in linting.of_current()]
        all_told = found_loops([*everybody, linting.lens().desk(document)], severities=linting.severities())

        assert checkups.loops_through(document) == [each for each in all_told if each.slug == "c"]


def test_a_draft_that_would_close_a_loop_is_kept_from_the_offices() -> None:
    ring("a", "甲证", "乙证")
    ring("b", "乙证")
    checked()
    item = Edition.objects.get(item__slug="b").item
    editor = identity.actor(identity.staff(post=city.post("editor", agency=item.agency)))
    draft = commands.begin_draft(item, by=editor, at=AT)
    closing = {"key": "m01", "name": "甲证", "kind": "证照", "source": "政府部门核发", "necessity": "必要"}
    kept = commands.save_draft(draft, {**draft.document, "materials": [closing]}, base=draft.revision, by=editor, at=AT)

    _document, problems = obstacles(kept.edition)

    assert [each.field for each in problems] == ["materials[0]"]
    assert problems[0].reason.startswith("循环证明：办")


def test_what_is_read_of_a_document_is_enough_for_every_rule() -> None:
    for slug in (FOOD, CARD, "marriage-registration", "birth-hukou-registration", "construction-planning-permit"):
        catalog.item(slug)
    lens = linting.lens()
    told = [(lens.look(edition, document), lens.desk(document)) for edition, document in linting.of_current()]
    whole = [(lens.look(edition), lens.desk(edition.doc)) for edition, _document in linting.of_current()]

    assert told == whole
    assert sum(len(found) for found, _desk in told) > 20


def test_figures_by_agency_and_rule_with_few_statements(django_assert_num_queries: Any) -> None:
    with_proof(CARD)
    catalog.item(FOOD)
    checked()

    with django_assert_num_queries(2):
        found = checkups.health(None)

    assert found.items == 2
    assert found.faulty == 1
    assert found.waiting == 0
    assert {each.rule.code for each in found.rules if each.severity == "error"} == {"proof_without_basis"}
    assert sum(each.findings for each in found.rules) == found.errors + found.warnings
    alone = checkups.health(None, rule="proof_without_basis")
    assert (alone.errors, alone.warnings) == (found.errors, 0)
    assert checkups.health(frozenset()).items == 0


def test_what_is_released_shows_as_waiting_until_the_worker_has_looked(client: Client) -> None:
    sign_in(client, "administrator")
    catalog.item(FOOD)

    assert "还有 1 个事项等待检查" in page(client, "lint")
    checked()
    assert "等待检查" not in page(client, "lint")


def test_the_pages_from_agency_to_item_with_the_words_marked(client: Client) -> None:
    sign_in(client, "administrator")
    edition = with_proof(CARD, conditions=["符合有关规定"])
    checked()
    office = edition.item.agency

    assert office.name in page(client, "lint")
    assert "没有依据的证明一律取消" in page(client, "lint_by_rule")
    assert edition.item.name in page(client, "lint_agency", office.code, rule="proof_without_basis")
    shown = page(client, "lint_item", CARD)
    assert "<mark>符合有关规定</mark>" in shown
    assert "无违法记录证明" in shown
    assert "第四十四条" in shown
    alone = page(client, "lint_item", CARD, rule="vague_words")
    assert "无违法记录证明" not in alone


@pytest.mark.parametrize("name", ["lint", "lint_by_rule", "lint_progress"])
def test_pages_cost_the_same_however_many_items_there_are(client: Client, name: str) -> None:
    sign_in(client, "administrator")
    counts = []
    for slug in (FOOD, CARD, "marriage-registration"):
        catalog.item(slug)
        checked()
        client.get(reverse(f"catalog:{name}"))
        with CaptureQueriesContext(connection) as asked:
            page(client, name)
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_the_rules_are_told_with_examples_and_sources(client: Client) -> None:
    sign_in(client, "supervisor")

    shown = page(client, "lint_rules")

    assert 'id="proof_without_basis"' in shown
    assert "《优化营商环境条例》第四十四条" in shown
    assert "本市不能降低" in shown
    assert "等相关材料" in shown


def test_findings_as_a_file(client: Client) -> None:
    sign_in(client, "administrator")
    with_proof(CARD)
    catalog.item(FOOD)
    checked()

    lines = page(client, "lint_file", rule="proof_without_basis").splitlines()

    assert lines[0].startswith("\ufeff部门,事项")
    assert len(lines) == 2
    assert "无违法记录证明" in lines[1]


def test_an_editor_sees_the_agencies_of_the_post_only(client: Client) -> None:
    edition = catalog.item(FOOD)
    other = catalog.item(CARD)
    checked()
    user = identity.account("bianzhi")
    identity.hold(user, city.post("editor", agency=edition.item.agency))
    client.force_login(user, backend="yimen.identity.access.AnyName")

    shown = page(client, "lint")

    assert edition.item.agency.name in shown
    assert other.item.agency.name not in shown
    assert client.get(reverse("catalog:lint_agency", args=[other.item.agency.code])).status_code == 404
    assert client.get(reverse("catalog:lint_item", args=[CARD])).status_code == 404


@pytest.mark.parametrize("duty", ["clerk", "reviewer", "deliverer"])
def test_others_have_no_business_here(client: Client, duty: str) -> None:
    sign_in(client, duty)

    for name in ("lint", "lint_by_rule", "lint_rules", "lint_file", "lint_progress", "lint_progress_file"):
        assert client.get(reverse(f"catalog:{name}")).status_code == 403


def run(**options: Any) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("lint_catalog", stdout=out, **options)
    except SystemExit as ended:
        return out.getvalue(), int(ended.code or 0)
    return out.getvalue(), 0


def test_the_command_tells_everything_by_agency_and_item_and_ends_with_one() -> None:
    edition = with_proof(CARD)
    catalog.item(FOOD)

    told, status = run()

    assert status == 1
    assert f"== {edition.item.agency.name}" in told
    assert "[不得发布]" in told
    assert "证明“无违法记录证明”没有写法律依据" in told
    assert "共检查 2 个事项" in told


def test_the_command_without_errors_ends_with_nought() -> None:
    catalog.item(FOOD)

    told, status = run()

    assert status == 0
    assert "[应当完善]" in told
    assert run(errors=True)[0].count("[") == 0


def test_the_command_for_programs_and_for_one_agency_and_rule() -> None:
    edition = with_proof(CARD)
    catalog.item(FOOD)

    told, _status = run(json=True, agency=edition.item.agency.code, rule="proof_without_basis")

    read = json.loads(told)
    assert [each["slug"] for each in read["items"]] == [CARD]
    assert {each["rule"] for each in read["items"][0]["findings"]} == {"proof_without_basis"}
    assert read["totals"] == {"items": 1, "errors": 1, "warnings": 0}
    with pytest.raises(CommandError):
        run(agency="nobody")


def test_the_command_marks_the_offending_words() -> None:
    raw = catalog.raw(CARD)
    catalog.item(CARD, materials=[*raw["materials"], {**PROOF, "name": "其他 相关材料", "kind": "文书"}])

    told, _code = run()

    assert "\n    【其他 相关材料】\n" in told
